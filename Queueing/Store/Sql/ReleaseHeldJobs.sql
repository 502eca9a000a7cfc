-- Hands back what a session holds of a queue but its worker doesn't run, for instance after a claim whose answer was lost:
-- untried, so the attempt doesn't count. What was called off meanwhile ends.
-- $1 session uuid, $2 queue text, $3 jobs that it does run uuid[], $4 when each of their claims was made timestamptz[]: a job
-- may have been claimed again by the session that runs an earlier claim of it, $5 when the worker's list was made
-- timestamptz: a statement that arrives late knows nothing of later claims
-- Locks: the job_ready rows. Rows: the jobs handed back or ended, with the state they are in now and the event's seq.
with forgotten as materialized (
    select r.job_id
    from job_ready r
    where r.session_id = $1 and r.queue = $2 and r.started_at <= $5
      and not exists (select from unnest($3::uuid[], $4::timestamptz[]) as known (job_id, started_at)
                      where known.job_id = r.job_id and known.started_at = r.started_at)
    for update
), returned as (
    update job_ready r
    set session_id = null, started_at = null, progress = 0, attempt = r.attempt - 1, run_at = now(), seq = r.seq + 1
    from forgotten f
    where r.job_id = f.job_id and not r.cancel_requested
    returning r.job_id, r.owner, r.seq, r.attempt, 'waiting' as state
), told as (
    insert into job_transition (job_id, seq, attempt, event)
    select job_id, seq, attempt, 'waiting' from returned
), ended as (
    delete from job_ready r
    using forgotten f
    where r.job_id = f.job_id and r.cancel_requested
    returning r.job_id, r.owner, r.seq + 1 as seq, r.attempt - 1 as attempt
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, queue)
    select job_id, 'cancelled', attempt, seq, $2 from ended
), moved as (
    select job_id, owner, seq, state from returned
    union all
    select job_id, owner, seq, 'cancelled' from ended
), counted as (
    insert into job_count_delta (queue, active, waiting, cancelled)
    select $2, -count(*), count(*) filter (where state = 'waiting'), count(*) filter (where state = 'cancelled')
    from moved having count(*) > 0
)
select job_id, owner, state, seq from moved
