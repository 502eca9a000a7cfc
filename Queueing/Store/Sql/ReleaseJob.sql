-- Hands a job back untried, on a clean stop: its attempt doesn't count. Fenced by job, attempt and session.
-- $1 job uuid, $2 attempt smallint, $3 session uuid
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost and nothing was written.
update job_ready
set session_id = null, started_at = null, progress = 0, attempt = attempt - 1, run_at = now(), seq = seq + 1
where job_id = $1 and attempt = $2 and session_id = $3
returning seq
