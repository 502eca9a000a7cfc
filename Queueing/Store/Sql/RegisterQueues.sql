-- Writes down what the workers' configuration says of queues.
-- $1 names text[], $2 keep completed interval[], $3 keep failed interval[]
-- Locks: the rows of the queues that change, in the order of their names. Row count: the queues that were new or changed.
insert into job_queue as q (name, keep_completed, keep_failed)
select * from unnest($1::text[], $2::interval[], $3::interval[]) as c (name, keep_completed, keep_failed) order by name
on conflict (name) do update set keep_completed = excluded.keep_completed, keep_failed = excluded.keep_failed
    where (q.keep_completed, q.keep_failed) is distinct from (excluded.keep_completed, excluded.keep_failed)
