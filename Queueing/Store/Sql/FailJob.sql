-- Records that a job failed for good. Fenced: job, attempt and session must still hold the job.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 error json, $5 stack text
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost and nothing was written.
with finished as (
    delete from job_ready
    where job_id = $1 and attempt = $2 and session_id = $3
    returning job_id, attempt, seq + 1 as seq, started_at
), failure as (
    insert into job_failure (job_id, attempt, error, stack)
    select job_id, attempt, $4, $5 from finished
)
insert into job_outcome (job_id, state, attempt, seq, started_at, error)
select job_id, 'failed', attempt, seq, started_at, $4 from finished
returning seq
