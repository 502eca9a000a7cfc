-- The jobs of a session that somebody asked to call off.
-- $1 session uuid
-- Locks: none. Rows: the jobs.
select job_id from job_ready where session_id = $1 and cancel_requested
