-- Gives up to $3 due jobs of the queues $2 to the worker session $1, and counts an attempt for each.
-- $1 session uuid, $2 queues text[], $3 limit int
-- A session that was ended gets nothing.
-- Locks: the claimed job_ready rows; rows that another claim holds are skipped, so claims never wait for each other. And,
-- shared, the session's row, so that it can't be ended between being seen and the claim's commit.
-- `materialized` fences the subquery: without it the planner may run it again and lock more than the limit.
-- Rows: the claimed jobs, in no order.
with alive as materialized (
    select id from worker_session where id = $1 for key share
), next as materialized (
    select job_id
    from job_ready
    where session_id is null and run_at <= now() and queue = any ($2) and exists (select from alive)
    order by priority desc, run_at, job_id
    for update skip locked
    limit $3
)
update job_ready r
set session_id = $1, started_at = now(), attempt = r.attempt + 1, seq = r.seq + 1, progress = 0
from next join job j on j.id = next.job_id
where r.job_id = next.job_id
returning r.job_id, r.attempt, r.max_attempts, r.seq, j.queue, j.type, j.owner, j.args, j.traceparent,
          r.started_at - r.run_at as waited, r.priority
