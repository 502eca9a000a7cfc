-- Enqueues jobs: the job and that it has to be done, in one statement, so one commit.
-- $1 ids uuid[], $2 queues text[], $3 types text[], $4 owners text[], $5 args json[], $6 traceparents text[],
-- $7 priorities smallint[], $8 max attempts smallint[], $9 delays interval[]
-- Locks: none that another statement waits for. Rows: one a job.
with input as (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::json[], $6::text[], $7::smallint[],
                         $8::smallint[], $9::interval[])
        as i (id, queue, type, owner, args, traceparent, priority, max_attempts, delay)
), inserted as (
    insert into job (id, queue, type, owner, args, traceparent, priority, max_attempts, run_at)
    select id, queue, type, owner, args, traceparent, priority, max_attempts, now() + delay from input
)
insert into job_ready (job_id, queue, priority, max_attempts, run_at)
select id, queue, priority, max_attempts, now() + delay from input
