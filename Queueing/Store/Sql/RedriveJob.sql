-- Lets a failed or cancelled job run again, from its first attempt.
-- $1 job uuid
-- Locks: the job_outcome row. Rows: one (its queue, owner, rank and event's seq), or none when the job has not failed and
-- was not cancelled.
with undone as (
    delete from job_outcome where job_id = $1 and state in ('failed', 'cancelled') returning job_id, seq, state
), ready as (
    insert into job_ready (job_id, queue, owner, priority, max_attempts, run_at, delayed, rank, seq)
    select j.id, j.queue, j.owner, j.priority, j.max_attempts, now(), false,
           (extract(epoch from now()) * 1000000)::bigint - j.priority * 600000000::bigint, u.seq + 1
    from undone u join job j on j.id = u.job_id
    returning queue, owner, rank, seq
), counted as (
    insert into job_count_delta (queue, waiting, failed, cancelled)
    select r.queue, 1, -(u.state = 'failed')::int, -(u.state = 'cancelled')::int from ready r cross join undone u
)
select queue, owner, rank, seq from ready
