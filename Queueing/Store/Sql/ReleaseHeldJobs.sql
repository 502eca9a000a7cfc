-- Hands back what a session holds of a queue but its worker doesn't run, for instance after a claim whose answer was lost:
-- untried, so the attempt doesn't count.
-- $1 session uuid, $2 queue text, $3 jobs that it does run uuid[]
-- Locks: the job_ready rows. Rows: one, the jobs handed back.
with returned as (
    update job_ready
    set session_id = null, started_at = null, progress = 0, attempt = attempt - 1, run_at = now(), seq = seq + 1
    where session_id = $1 and queue = $2 and job_id <> all ($3)
    returning job_id
), counted as (
    insert into job_count_delta (queue, active, waiting)
    select $2, -count(*), count(*) from returned having count(*) > 0
)
select count(*)::int from returned
