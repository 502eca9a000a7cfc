-- Fails the jobs that were not begun before they expired. One that waits to be tried again was begun.
-- $1 error json, $2 limit int
-- Locks: the job_ready rows, skipping those that somebody else is just writing.
-- Rows: the expired jobs and their event's seq.
with late as materialized (
    select job_id
    from job_ready
    where session_id is null and expires_at <= now() and attempt = 0
    order by expires_at
    for update skip locked
    limit $2
), ended as (
    delete from job_ready r
    using late l
    where r.job_id = l.job_id
    returning r.job_id, r.owner, r.queue, r.attempt, r.seq + 1 as seq, r.delayed
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, queue, error)
    select job_id, 'failed', attempt, seq, queue, $1 from ended
), counted as (
    insert into job_count_delta (queue, waiting, delayed, failed)
    select queue, -count(*) filter (where not delayed), -count(*) filter (where delayed), count(*) from ended group by queue
)
select job_id, owner, seq from ended
