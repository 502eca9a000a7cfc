-- The hot tables that have grown past what their live rows need, while a transaction older than a few seconds keeps vacuum
-- from shrinking them. Only tables whose live rows are few: they are rewritten under an exclusive lock.
-- 2 MB are some 10,000 dead rows: a claim that walks over all of them once a second costs 2 ms.
-- Locks: none. Rows: the tables and their size in bytes.
with live as (
    select sum(waiting + delayed + active) as jobs
    from (select waiting, delayed, active from job_count
          union all
          select waiting, delayed, active from job_count_delta) as moves
), held as (
    select from pg_stat_activity
    where backend_xmin is not null and xact_start < now() - interval '5 seconds' and backend_type = 'client backend'
      and datname = current_database() -- one in another database keeps nothing here
    limit 1
)
select 'job_ready' as name, pg_relation_size('job_ready') as bytes
from live
where exists (select from held) and jobs <= 20000 and pg_relation_size('job_ready') > 2000000 + 800 * jobs
union all
select 'job_count_delta', pg_relation_size('job_count_delta')
where exists (select from held) and pg_relation_size('job_count_delta') > 1000000
