-- Records how far an attempt has come. Fenced by job, attempt and claim.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 percent smallint, $5 claimed at timestamptz
-- `is not distinct from`: see CompleteJobs.sql.
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost.
update job_ready
set progress = $4, seq = seq + 1
where job_id = $1 and attempt = $2 and session_id is not distinct from $3 and started_at = $5
returning seq
