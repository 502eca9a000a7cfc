-- Takes back running jobs whose worker session is gone: to wait again, or, out of attempts, to failed.
-- $1 error json for those out of attempts
-- Locks: the orphans' job_ready rows, skipping those that somebody else is just writing.
-- Rows: the jobs taken back, with the state they are in now and the event's seq.
with orphan as materialized (
    select r.job_id, r.attempt < r.max_attempts as may_retry
    from job_ready r
    where r.session_id is not null
      and not exists (select from worker_session s where s.id = r.session_id)
    for update of r skip locked
    limit 1000
), returned as (
    update job_ready r
    set session_id = null, started_at = null, progress = 0, run_at = now(), seq = r.seq + 1
    from orphan o
    where r.job_id = o.job_id and o.may_retry
    returning r.job_id, r.queue, r.seq, r.attempt
), exhausted as (
    delete from job_ready r
    using orphan o
    where r.job_id = o.job_id and not o.may_retry
    returning r.job_id, r.queue, r.seq + 1 as seq, r.attempt, r.started_at
), failed as (
    insert into job_outcome (job_id, state, attempt, seq, started_at, error)
    select job_id, 'failed', attempt, seq, started_at, $1 from exhausted
)
select t.job_id, t.queue, j.owner, t.state, t.seq, t.attempt
from (select job_id, queue, seq, attempt, 'waiting' as state from returned
      union all
      select job_id, queue, seq, attempt, 'failed' from exhausted) t
join job j on j.id = t.job_id
