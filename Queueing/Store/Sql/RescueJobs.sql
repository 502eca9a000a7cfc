-- Takes back running jobs whose worker session is gone: to wait again, or to their end when they were called off, are out
-- of attempts, or have cost $1 workers.
-- $1 most kills smallint, $2 error json of those out of attempts, $3 error json of those that cost $1 workers
-- Locks: the orphans' job_ready rows, skipping those that somebody else is just writing.
-- A row that changed after the statement's snapshot is looked at again as it is now: it may have been rescued by another and
-- claimed anew. So its session is looked for by a scalar subquery: a join, which `not exists` would become, is not made
-- again. And a claim younger than the statement may be of a session that its snapshot has not seen.
-- Rows: the jobs taken back, with the state they are in now, the event's seq and the error, if there is one.
with orphan as materialized (
    select r.job_id,
           case when r.cancel_requested then 'cancelled'
                when r.kills + 1 >= $1 then 'poison'
                when r.attempt >= r.max_attempts then 'exhausted'
                else 'waiting' end as verdict
    from job_ready r
    where r.session_id is not null
      and (select s.id from worker_session s where s.id = r.session_id) is null
      and r.started_at < now()
    for update of r skip locked
    limit 1000
), returned as (
    update job_ready r
    set session_id = null, started_at = null, progress = 0, kills = r.kills + 1, run_at = now(), seq = r.seq + 1
    from orphan o
    where r.job_id = o.job_id and o.verdict = 'waiting'
    returning r.job_id, r.queue, r.owner, r.seq, r.attempt, 'waiting' as state, null::json as error
), told as (
    insert into job_transition (job_id, seq, attempt, event)
    select job_id, seq, attempt, 'waiting' from returned
), ended as (
    delete from job_ready r
    using orphan o
    where r.job_id = o.job_id and o.verdict <> 'waiting'
    returning r.job_id, r.queue, r.owner, r.seq + 1 as seq, r.attempt, r.started_at,
              case o.verdict when 'cancelled' then 'cancelled' else 'failed' end as state,
              case o.verdict when 'poison' then $3::json when 'exhausted' then $2::json end as error
), failure as (
    insert into job_failure (job_id, attempt, error)
    select job_id, attempt, error from ended where error is not null
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, started_at, queue, error)
    select job_id, state, attempt, seq, started_at, queue, error from ended
), moved as (
    select job_id, queue, owner, seq, attempt, state, error from returned
    union all
    select job_id, queue, owner, seq, attempt, state, error from ended
), counted as (
    insert into job_count_delta (queue, active, waiting, failed, cancelled)
    select queue, -count(*), count(*) filter (where state = 'waiting'), count(*) filter (where state = 'failed'),
           count(*) filter (where state = 'cancelled')
    from moved group by queue
)
select job_id, queue, owner, state, seq, attempt, error from moved
