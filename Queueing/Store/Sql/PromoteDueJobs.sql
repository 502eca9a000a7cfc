-- Lets jobs whose time has come wait for a worker. One that was never due before gets its rank now, as in
-- InsertJobs.sql; one that comes back from an attempt keeps the place it had, but is put no further ahead than the first that
-- waits: a new lane begins where the queue's head is, and would begin before those that wait if the head went back.
-- $1 limit int
-- Locks: the job_ready rows, skipping those that somebody else is just writing.
-- Rows: one a queue: how many, and their lowest rank.
with due as materialized (
    select job_id, queue, owner, priority, rank, run_at
    from job_ready
    where delayed and run_at <= now()
    order by run_at
    for update skip locked
    limit $1
), head as materialized (
    select q.queue, f.rank, greatest((extract(epoch from now()) * 1000000)::bigint, f.rank + f.priority * 600000000::bigint) as start
    from (select distinct queue from due) q
    left join lateral (
        select r.rank, r.priority
        from job_ready r
        where r.session_id is null and not r.delayed and r.kills = 0 and r.queue = q.queue
        order by r.rank limit 1) f on true
), lane as materialized (
    select l.queue, l.owner, l.priority,
           greatest(h.start - l.priority * 600000000::bigint,
                    (select max(r.rank) + 60000000
                     from job_ready r
                     where r.session_id is null and not r.delayed
                       and r.queue = l.queue and r.owner = l.owner and r.priority = l.priority
                       and r.rank > h.start - l.priority * 600000000::bigint - 60000000)) as rank
    from (select distinct queue, owner, priority from due where rank is null) l join head h on h.queue = l.queue
), ranked as materialized (
    select d.job_id,
           case when d.rank is not null then greatest(d.rank, h.rank)
                else l.rank + 60000000 * (row_number() over (partition by d.queue, d.owner, d.priority, d.rank is null order by d.run_at, d.job_id) - 1)
                end as rank
    from due d
    join head h on h.queue = d.queue
    left join lane l on l.queue = d.queue and l.owner = d.owner and l.priority = d.priority and d.rank is null
), promoted as (
    update job_ready r
    set delayed = false, rank = k.rank
    from ranked k
    where r.job_id = k.job_id
    returning r.queue, r.rank
), counted as (
    insert into job_count_delta (queue, delayed, waiting)
    select queue, -count(*), count(*) from promoted group by queue
)
select queue, count(*)::int as jobs, min(rank) as rank from promoted group by queue
