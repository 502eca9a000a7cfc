-- The time spans of the partitions, oldest first.
-- Locks: none. Rows: one a partition but the default one.
select job_id_time((regexp_match(bounds, 'FROM \(''([0-9a-f-]+)''\)'))[1]::uuid) as starts,
       job_id_time((regexp_match(bounds, 'TO \(''([0-9a-f-]+)''\)'))[1]::uuid) as ends
from (select pg_get_expr(c.relpartbound, c.oid) as bounds
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'job'::regclass) as partitions
where bounds <> 'DEFAULT'
order by starts
