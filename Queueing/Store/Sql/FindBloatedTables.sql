-- The hot tables that have grown past what their live rows need.
-- Where a transaction older than a few seconds keeps vacuum from removing dead rows, only tables whose live rows are few,
-- because they are rewritten under an exclusive lock. 2 MB are some 10,000 dead rows: a claim that walks over all of them
-- once a second costs 2 ms.
-- Where none does, those with so many dead rows that a vacuum pays. Autovacuum looks once a minute, in which two million
-- rows may die; a vacuum walks over the indexes of the live rows as well, so with many of those it waits for more.
-- Locks: none. Rows: the tables, their size in bytes, and whether vacuum is of no use.
with live as (
    select sum(waiting + delayed + active) as jobs
    from (select waiting, delayed, active from job_count
          union all
          select waiting, delayed, active from job_count_delta) as moves
), held as (
    select exists (
        select from pg_stat_activity
        where backend_xmin is not null and xact_start < now() - interval '5 seconds' and backend_type = 'client backend'
          and datname = current_database() -- one in another database keeps nothing here
    ) as held
), hot as (
    select t.name, pg_relation_size(t.name::regclass) as bytes, pg_stat_get_live_tuples(t.name::regclass) as live_rows,
           pg_stat_get_dead_tuples(t.name::regclass) as dead_rows, t.allowance
    from live
    cross join lateral (values ('job_ready', case when jobs <= 20000 then 2000000 + 800 * jobs end), ('job_count_delta', 1000000)) as t (name, allowance)
)
select name, bytes, held
from hot cross join held
where case when held then bytes > allowance else dead_rows > 10000 + live_rows / 4 end
