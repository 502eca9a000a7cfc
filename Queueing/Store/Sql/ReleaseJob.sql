-- Hands a job back without counting its attempt: on a clean stop at once, snoozed after a delay. Fenced by job, attempt
-- and claim. A job that was called off meanwhile is not put back.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 delay interval, $5 reason text, or null, $6 claimed at timestamptz
-- `is not distinct from`: see CompleteJobs.sql.
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost, or the job called off, and
-- nothing was written.
with returned as (
    update job_ready
    set session_id = null, started_at = null, progress = 0, attempt = attempt - 1, run_at = now() + $4,
        delayed = $4 > interval '0', snooze_reason = $5, seq = seq + 1
    where job_id = $1 and attempt = $2 and session_id is not distinct from $3 and started_at = $6 and not cancel_requested
    returning job_id, seq, attempt, queue, delayed
), told as (
    insert into job_transition (job_id, seq, attempt, event)
    select job_id, seq, attempt, 'waiting' from returned
), counted as (
    insert into job_count_delta (queue, active, waiting, delayed)
    select queue, -1, (not delayed)::int, delayed::int from returned
)
select seq from returned
