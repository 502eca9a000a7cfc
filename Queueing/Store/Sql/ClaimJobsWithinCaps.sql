-- ClaimJobs.sql for a queue with caps on what runs in the whole fleet. Its callers hold the queue's advisory lock, so
-- that two claims can't fill the same room.
-- $1 session uuid, $2 queue text, $3 limit int, $4 most running int, or null, $5 most running of an owner int, or null,
-- $6 suspects int: how many of them may be jobs that a worker died of
-- It steps from lane to lane (queue, owner, priority) by the index, so it reads in proportion to the lanes that wait, not
-- to their jobs.
-- Locks: the claimed job_ready rows, and, shared, the session's row.
-- Rows: the claimed jobs, in no order.
with recursive alive as materialized (
    select id from worker_session where id = $1 for key share
), free as materialized (
    select from alive where not exists (select from job_queue where name = $2 and paused_at is not null)
), running as materialized (
    select owner, count(*) as jobs from job_ready where session_id is not null and queue = $2 group by owner
), lane as (
    (select owner, priority
     from job_ready
     where session_id is null and not delayed and queue = $2 and exists (select from free)
     order by owner, priority limit 1)
    union all
    select following.owner, following.priority
    from lane l
    cross join lateral (
        select r.owner, r.priority
        from job_ready r
        where r.session_id is null and not r.delayed and r.queue = $2 and (r.owner, r.priority) > (l.owner, l.priority)
        order by r.owner, r.priority limit 1) following
), suspect as materialized (
    select r.owner, r.job_id, r.rank
    from job_ready r
    left join running u on u.owner = r.owner
    where r.session_id is null and not r.delayed and r.kills > 0 and r.queue = $2
      and (r.expires_at is null or r.expires_at > now() or r.attempt > 0) and exists (select from free)
      and ($5::int is null or coalesce(u.jobs, 0) < $5)
    order by r.rank, r.job_id
    limit $6
), candidate as (
    select l.owner, f.job_id, f.rank
    from lane l
    left join running u on u.owner = l.owner
    cross join lateral (
        select r.job_id, r.rank
        from job_ready r
        where r.session_id is null and not r.delayed and r.kills = 0
          and r.queue = $2 and r.owner = l.owner and r.priority = l.priority
          and (r.expires_at is null or r.expires_at > now() or r.attempt > 0)
        order by r.rank
        limit greatest(0, least($3, $5 - coalesce(u.jobs, 0)))) f
    union all
    select owner, job_id, rank from suspect
), placed as (
    select c.job_id, c.rank, coalesce(u.jobs, 0) + row_number() over (partition by c.owner order by c.rank, c.job_id) as place
    from candidate c
    left join running u on u.owner = c.owner
), next as materialized (
    select job_id
    from placed
    where $5::int is null or place <= $5
    order by rank, job_id
    limit greatest(0, least($3, $4::int - (select coalesce(sum(jobs), 0) from running)))
), claimed as (
    update job_ready r
    set session_id = $1, started_at = now(), attempt = r.attempt + 1, seq = r.seq + 1, progress = 0
    from next c join job j on j.id = c.job_id
    where r.job_id = c.job_id and r.session_id is null and not r.delayed
    returning r.job_id, r.attempt, r.max_attempts, r.seq, j.queue, j.type, j.owner, j.args, j.traceparent,
              r.started_at - r.run_at as waited, r.rank, r.kills, r.started_at
), counted as (
    insert into job_count_delta (queue, waiting, active)
    select $2, -count(*), count(*) from claimed having count(*) > 0
)
select * from claimed
