-- Records that a job failed for good or was called off. Fenced: this claim must still hold the job.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 state text: failed or cancelled, $5 error json, or null,
-- $6 stack text, or null, $7 only a job that somebody asked to call off boolean, $8 length of the text that it
-- wrote integer, or null, $9 claimed at timestamptz
-- `is not distinct from`: see CompleteJobs.sql.
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost and nothing was written.
with finished as (
    delete from job_ready
    where job_id = $1 and attempt = $2 and session_id is not distinct from $3 and started_at = $9 and (cancel_requested or not $7)
    returning job_id, attempt, seq + 1 as seq, started_at, queue
), failure as (
    insert into job_failure (job_id, attempt, error, stack)
    select job_id, attempt, $5, $6 from finished where $4 = 'failed'
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, started_at, queue, error, text_length)
    select job_id, $4, attempt, seq, started_at, queue, $5, $8 from finished
), counted as (
    insert into job_count_delta (queue, active, failed, cancelled)
    select queue, -1, ($4 = 'failed')::int, ($4 = 'cancelled')::int from finished
)
select seq from finished
