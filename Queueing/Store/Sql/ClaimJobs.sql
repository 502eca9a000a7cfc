-- Gives up to $3 due jobs of the queue $2 to the worker session $1, lowest rank first, and counts an attempt for each.
-- $1 session uuid, $2 queue text, $3 limit int, $4 floor bigint: ranks below it are not looked at, $5 suspects int: how
-- many of them may be jobs that a worker died of; those come first
-- A session that was ended and a queue that is paused get nothing.
-- Locks: the claimed job_ready rows; rows that another claim holds are skipped, so claims never wait for each other. And,
-- shared, the session's row, so that it can't be ended between being seen and the claim's commit.
-- `materialized` fences the subqueries: without it the planner may run them again and lock more than the limit.
-- Rows: the claimed jobs, in no order.
with alive as materialized (
    select id from worker_session where id = $1 for key share
), free as materialized (
    select from alive where not exists (select from job_queue where name = $2 and paused_at is not null)
), suspect as materialized (
    select job_id
    from job_ready
    where session_id is null and not delayed and kills > 0 and queue = $2
      and (expires_at is null or expires_at > now() or attempt > 0) and exists (select from free)
    order by rank, job_id
    for update skip locked
    limit $5
), next as materialized (
    select job_id
    from job_ready
    where session_id is null and not delayed and kills = 0 and queue = $2 and rank >= $4
      and (expires_at is null or expires_at > now() or attempt > 0) and exists (select from free)
    order by rank, job_id
    for update skip locked
    limit $3 - (select count(*) from suspect)
), claimed as (
    update job_ready r
    set session_id = $1, started_at = now(), attempt = r.attempt + 1, seq = r.seq + 1, progress = 0
    from (select job_id from next union all select job_id from suspect) c join job j on j.id = c.job_id
    where r.job_id = c.job_id
    returning r.job_id, r.attempt, r.max_attempts, r.seq, j.queue, j.type, j.owner, j.args, j.traceparent,
              r.started_at - r.run_at as waited, r.rank, r.kills, r.started_at
), counted as (
    insert into job_count_delta (queue, waiting, active)
    select $2, -count(*), count(*) from claimed having count(*) > 0
)
select * from claimed
