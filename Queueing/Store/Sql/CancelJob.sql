-- Calls a job off: one that waits ends now, of a running one its worker is asked to end it.
-- $1 job uuid
-- Locks: the job_ready row. Rows: one, or none when the job is finished or unknown: whether it ended, its owner, the
-- event's seq, and the session that runs it.
with target as materialized (
    select job_id, session_id, delayed from job_ready where job_id = $1 for update
), removed as (
    delete from job_ready r
    using target t
    where r.job_id = t.job_id and t.session_id is null
    returning r.job_id, r.owner, r.queue, r.attempt, r.seq + 1 as seq, t.delayed
), asked as (
    update job_ready r
    set cancel_requested = true
    from target t
    where r.job_id = t.job_id and t.session_id is not null
    returning r.owner, r.seq, r.session_id
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, queue)
    select job_id, 'cancelled', attempt, seq, queue from removed
), counted as (
    insert into job_count_delta (queue, waiting, delayed, cancelled)
    select queue, -(not delayed)::int, -delayed::int, 1 from removed
)
select true as ended, owner, seq, null::uuid as session_id from removed
union all
select false, owner, seq, session_id from asked
