-- Puts a job back after a failed attempt, to run again after a delay. Fenced by job, attempt and claim. A job that was
-- called off meanwhile is not put back.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 error json, $5 stack text, $6 delay interval, $7 claimed at timestamptz
-- `is not distinct from`: see CompleteJobs.sql.
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost, or the job called off, and
-- nothing was written.
with returned as (
    update job_ready
    set session_id = null, started_at = null, progress = 0, run_at = now() + $6, delayed = $6 > interval '0', snooze_reason = null,
        seq = seq + 1
    where job_id = $1 and attempt = $2 and session_id is not distinct from $3 and started_at = $7 and not cancel_requested
    returning job_id, attempt, seq, queue, delayed, run_at
), failure as (
    insert into job_failure (job_id, attempt, error, stack)
    select job_id, attempt, $4, $5 from returned
), told as (
    insert into job_transition (job_id, seq, attempt, event, run_at, error)
    select job_id, seq, attempt, 'retrying', run_at, $4 from returned
), counted as (
    insert into job_count_delta (queue, active, waiting, delayed)
    select queue, -1, (not delayed)::int, delayed::int from returned
)
select seq from returned
