-- Puts a job back after a failed attempt, to run again after a delay. Fenced by job, attempt and session.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 error json, $5 stack text, $6 delay interval
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost and nothing was written.
with returned as (
    update job_ready
    set session_id = null, started_at = null, progress = 0, run_at = now() + $6, seq = seq + 1
    where job_id = $1 and attempt = $2 and session_id = $3
    returning job_id, attempt, seq
), failure as (
    insert into job_failure (job_id, attempt, error, stack)
    select job_id, attempt, $4, $5 from returned
)
select seq from returned
