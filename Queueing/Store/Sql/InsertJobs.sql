-- Enqueues jobs: the job and that it has to be done, in one statement, so one commit.
-- $1 ids uuid[], $2 queues text[], $3 types text[], $4 owners text[], $5 args json[], $6 traceparents text[],
-- $7 priorities smallint[], $8 max attempts smallint[], $9 delays interval[], $10 run at timestamptz[] (or null: the
-- delay), $11 expires at timestamptz[], $12 idempotency keys text[], $13 payload hashes bytea[], $14 starts bigint[]: where
-- the queue was served a moment ago, or null: it is looked for
--
-- The rank is a place in the queue: start-time fair queueing (Goyal, Vin, Cheng 1996) in microseconds. A lane (queue,
-- owner, priority) may begin a job a minute; what it asks for beyond that is ranked after its last one, so that a lane
-- with many jobs doesn't delay another's first. A job starts no earlier than what is served now (the queue's head), else
-- new lanes would overtake those that wait. A step of priority is worth ten minutes: that is how long, or how many jobs
-- of a lane, a lower one is overtaken by a higher one.
--
-- Of a key that is in use nothing is inserted; a key older than a day is used anew. Keys must not repeat in one call.
-- Locks: the keys' rows, in their own order, so that two calls with the same keys don't wait in a circle. Rows: one a queue: its lowest new rank, the ids of the keyed jobs that
-- were accepted, and where the queue is served.
with input as materialized (
    select id, queue, type, owner, args, traceparent, priority, max_attempts, expires_at, key, payload, start, ordinal,
           greatest(coalesce(run_at, now() + delay), now()) as run_at, coalesce(run_at, now() + delay) > now() as delayed
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::json[], $6::text[], $7::smallint[], $8::smallint[],
                $9::interval[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::bytea[], $14::bigint[])
        with ordinality as i (id, queue, type, owner, args, traceparent, priority, max_attempts, delay, run_at, expires_at,
                              key, payload, start, ordinal)
), keyed as (
    insert into job_key as k (owner, type, key, job_id, payload)
    select owner, type, key, id, payload from input where key is not null order by owner, type, key
    on conflict (owner, type, key) do update set job_id = excluded.job_id, payload = excluded.payload, created_at = now()
        where k.created_at < now() - interval '24 hours'
    returning job_id
), accepted as materialized (
    select * from input where key is null or id in (select job_id from keyed)
), head as materialized (
    select q.queue,
           greatest((extract(epoch from now()) * 1000000)::bigint,
                    coalesce(q.start,
                             (select r.rank + r.priority * 600000000::bigint
                              from job_ready r
                              where r.session_id is null and not r.delayed and r.kills = 0 and r.queue = q.queue
                              order by r.rank limit 1))) as start
    from (select queue, min(start) as start from accepted where not delayed group by queue) q
), lane as materialized (
    select l.queue, l.owner, l.priority,
           greatest(h.start - l.priority * 600000000::bigint,
                    (select max(r.rank) + 60000000
                     from job_ready r
                     where r.session_id is null and not r.delayed
                       and r.queue = l.queue and r.owner = l.owner and r.priority = l.priority
                       and r.rank > h.start - l.priority * 600000000::bigint - 60000000)) as rank
    from (select distinct queue, owner, priority from accepted where not delayed) l join head h on h.queue = l.queue
), ranked as materialized (
    select a.*,
           l.rank + 60000000 * (row_number() over (partition by a.queue, a.owner, a.priority, a.delayed order by a.ordinal) - 1) as rank
    from accepted a
    left join lane l on l.queue = a.queue and l.owner = a.owner and l.priority = a.priority and not a.delayed
), asked as (
    insert into job (id, queue, type, owner, args, traceparent, priority, max_attempts, run_at, expires_at)
    select id, queue, type, owner, args, traceparent, priority, max_attempts, run_at, expires_at from ranked
), ready as (
    insert into job_ready (job_id, queue, owner, priority, max_attempts, run_at, expires_at, delayed, rank)
    select id, queue, owner, priority, max_attempts, run_at, expires_at, delayed, rank from ranked
), counted as (
    insert into job_count_delta (queue, waiting, delayed)
    select queue, count(*) filter (where not delayed), count(*) filter (where delayed) from ranked group by queue
)
select queue, min(rank) as rank, array_agg(id) filter (where key is not null) as keyed,
       (select h.start from head h where h.queue = ranked.queue) as start
from ranked
group by queue
