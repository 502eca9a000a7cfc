-- Hands back what a session holds but its worker doesn't run, for instance after a claim whose answer was lost: untried,
-- so the attempt doesn't count.
-- $1 session uuid, $2 jobs that it does run uuid[]
-- Locks: the job_ready rows. Row count: the jobs handed back.
update job_ready
set session_id = null, started_at = null, progress = 0, attempt = attempt - 1, run_at = now(), seq = seq + 1
where session_id = $1 and job_id <> all ($2)
