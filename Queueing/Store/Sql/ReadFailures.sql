-- Why a job's attempts failed, oldest first.
-- $1 job uuid
-- Locks: none. Rows: one a failed attempt.
select attempt, failed_at, error, stack from job_failure where job_id = $1 order by failed_at, attempt
