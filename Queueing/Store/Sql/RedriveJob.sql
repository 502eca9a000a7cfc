-- Lets a failed or cancelled job run again, from its first attempt, at the place that it would get if it came now: see
-- InsertJobs.sql.
-- $1 job uuid
-- Locks: the job_outcome row. Rows: one (its queue, owner, rank and event's seq), or none when the job has not failed and
-- was not cancelled.
with undone as (
    delete from job_outcome where job_id = $1 and state in ('failed', 'cancelled') returning job_id, seq, attempt, state, error
), head as (
    select greatest((extract(epoch from now()) * 1000000)::bigint,
                    (select r.rank + r.priority * 600000000::bigint
                     from job_ready r
                     where r.session_id is null and not r.delayed and r.kills = 0 and r.queue = j.queue
                     order by r.rank limit 1)) - j.priority * 600000000::bigint as rank,
           j.id, j.queue, j.owner, j.priority, j.max_attempts, u.seq
    from undone u join job j on j.id = u.job_id
), ready as (
    insert into job_ready (job_id, queue, owner, priority, max_attempts, run_at, delayed, rank, seq)
    select h.id, h.queue, h.owner, h.priority, h.max_attempts, now(), false,
           greatest(h.rank, (select max(r.rank) + 60000000
                             from job_ready r
                             where r.session_id is null and not r.delayed
                               and r.queue = h.queue and r.owner = h.owner and r.priority = h.priority
                               and r.rank > h.rank - 60000000)),
           h.seq + 1
    from head h
    returning job_id, queue, owner, rank, seq
), told as (
    insert into job_transition (job_id, seq, attempt, event, error)
    select job_id, seq, attempt, state, error from undone
    union all
    select job_id, seq, 0, 'waiting', null from ready
), counted as (
    insert into job_count_delta (queue, waiting, failed, cancelled)
    select r.queue, 1, -(u.state = 'failed')::int, -(u.state = 'cancelled')::int from ready r cross join undone u
)
select queue, owner, rank, seq from ready
