-- Records how far an attempt has come. Fenced by job, attempt and session.
-- $1 job uuid, $2 attempt smallint, $3 session uuid, $4 percent smallint
-- Locks: the job_ready row. Rows: one (the event's seq), or none when the lease was lost.
update job_ready
set progress = $4, seq = seq + 1
where job_id = $1 and attempt = $2 and session_id = $3
returning seq
