-- works with builds from: 2
-- The engine's tables. What 0001 made is carried over, then dropped.
--
-- A job is three rows at most: what was asked (job), that it still has to be done (job_ready), how it ended
-- (job_outcome). Only job_ready is updated and deleted from, so only it makes dead rows, and it is narrow. The others
-- are partitioned by job id, which is a UUID of version 7 and so a time: a lookup by id goes to one partition, and what
-- is past its retention goes by dropping one. See docs/decisions/0003.

alter table job rename to job_v1;
alter table job_v1 rename constraint job_pkey to job_v1_pkey;
alter table job_ready rename to job_ready_v1;
alter table job_ready_v1 rename constraint job_ready_pkey to job_ready_v1_pkey;
alter table job_outcome rename to job_outcome_v1;
alter table job_outcome_v1 rename constraint job_outcome_pkey to job_outcome_v1_pkey;
alter table job_failure rename to job_failure_v1;
drop index job_ready_claimable, job_ready_held, job_failure_job;

alter table schema_version add column oldest_build integer;

create table job (
    id           uuid        primary key,
    created_at   timestamptz not null default now(),
    run_at       timestamptz not null,              -- as asked; job_ready has what holds now
    expires_at   timestamptz,                       -- not begun by then, it fails
    max_attempts smallint    not null,
    priority     smallint    not null,
    queue        text        not null,
    type         text        not null,
    owner        text        not null,
    args         json        not null,
    traceparent  text
) partition by range (id);

create index job_owner on job (owner, id);          -- a caller's list, newest first

create table job_outcome (
    job_id      uuid        primary key,
    started_at  timestamptz,
    finished_at timestamptz not null default now(),
    seq         integer     not null,
    attempt     smallint    not null,
    queue       text        not null,
    state       text        not null,
    result      json,
    error       json,
    usage       json,
    constraint final_state check (state in ('completed', 'failed', 'cancelled')),
    constraint failed_has_an_error check (state <> 'failed' or error is not null)
) partition by range (job_id);

-- One row an attempt that failed, kept for diagnosis.
create table job_failure (
    job_id    uuid        not null,
    failed_at timestamptz not null default now(),
    attempt   smallint    not null,
    error     json        not null,                 -- type, message, transient
    stack     text
) partition by range (job_id);

create index job_failure_job on job_failure (job_id);

-- The default partitions take what no other does: the few rows that outlive their partition.
create table job_kept         partition of job         default;
create table job_outcome_kept partition of job_outcome default;
create table job_failure_kept partition of job_failure default;

create table job_ready (
    job_id           uuid        primary key,
    session_id       uuid,                          -- the worker session that holds it; null while it waits
    run_at           timestamptz not null,
    started_at       timestamptz,
    expires_at       timestamptz,
    rank             bigint,                        -- its place in the queue, see InsertJobs.sql; null until it is due
    seq              integer     not null default 1,-- rises with every change a client is told of
    attempt          smallint    not null default 0,-- attempts begun
    max_attempts     smallint    not null,
    priority         smallint    not null,          -- 1 to 10, higher first
    kills            smallint    not null default 0,-- workers lost while they held it
    progress         smallint    not null default 0,-- percent
    delayed          boolean     not null,          -- run_at was ahead when it was written
    cancel_requested boolean     not null default false,
    queue            text        not null,
    owner            text        not null,
    constraint priority_in_range check (priority between 1 and 10),
    constraint progress_in_range check (progress between 0 and 100),
    constraint attempts_within_limit check (attempt between 0 and max_attempts),
    constraint running_has_a_start check ((session_id is null) = (started_at is null)),
    constraint waiting_has_a_rank check (rank is not null or delayed),
    constraint held_is_due check (session_id is null or not delayed)
) with (
    fillfactor = 80,                                -- room for progress to be a heap-only update
    autovacuum_vacuum_scale_factor = 0,             -- by rows gone, however many wait
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 50000
);

create index job_ready_claimable on job_ready (queue, rank, job_id)        where session_id is null and not delayed and kills = 0;
create index job_ready_suspect   on job_ready (queue, rank, job_id)        where session_id is null and not delayed and kills > 0;
create index job_ready_lane      on job_ready (queue, owner, priority, rank) where session_id is null and not delayed;
create index job_ready_held      on job_ready (session_id)                 where session_id is not null;
create index job_ready_due       on job_ready (run_at)                     where delayed;
create index job_ready_expiring  on job_ready (expires_at)                 where session_id is null and expires_at is not null;

-- An idempotency key belongs to one owner and one type.
create table job_key (
    created_at timestamptz not null default now(),
    job_id     uuid        not null,
    owner      text        not null,
    type       text        not null,
    key        text        not null,
    payload    bytea       not null,                -- SHA-256 of the payload's JSON
    primary key (owner, type, key)
);

create index job_key_age on job_key (created_at);

-- What an operator or the workers' configuration says of a queue.
create table job_queue (
    name           text     primary key,
    paused_at      timestamptz,
    keep_completed interval not null default '24 hours',
    keep_failed    interval not null default '7 days'
);

-- How many jobs are in each state: job_count plus the sum of job_count_delta. Every statement that moves jobs appends
-- what it moved, and the leader folds the deltas, so counting reads few rows and no statement waits for a counter's row.
create table job_count (
    queue     text   primary key,
    waiting   bigint not null default 0,
    delayed   bigint not null default 0,
    active    bigint not null default 0,
    completed bigint not null default 0,            -- since the queue's first job, kept or not
    failed    bigint not null default 0,
    cancelled bigint not null default 0
);

create table job_count_delta (
    queue     text    not null,
    waiting   integer not null default 0,
    delayed   integer not null default 0,
    active    integer not null default 0,
    completed integer not null default 0,
    failed    integer not null default 0,
    cancelled integer not null default 0
);

-- One row: the worker that does what only one may do at a time.
create table job_leader (
    only_one   boolean     primary key default true check (only_one),
    session_id uuid        not null,
    until      timestamptz not null
);

create table job_schedule (
    name        text        primary key,
    next_tick   timestamptz not null,
    last_tick   timestamptz,
    last_job_id uuid,
    definition  text        not null                -- cron expression and time zone; when they change, ticks start anew
);

-- The smallest id that a job created at this time can have.
create function job_id_at(at timestamptz) returns uuid
language sql immutable strict parallel safe as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- The time that an id was made.
create function job_id_time(id uuid) returns timestamptz
language sql immutable strict parallel safe as $$
    select to_timestamp(('x' || lpad(replace(left(id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000.0)
$$;

create function job_partition_name(parent text, starts timestamptz) returns text
language sql immutable strict as $$
    select parent || to_char(starts at time zone 'UTC', '"_"YYYYMMDD"_"HH24MI')
$$;

-- Makes the partition that begins at a time, if there is none. It is filled in before it is attached: that way others
-- wait for a catalog change only. False where the default partition already has rows of that time; they stay there.
create function make_job_partition(starts timestamptz, ends timestamptz) returns boolean
language plpgsql as $$
declare
    parent text;
    child text;
begin
    foreach parent in array array['job', 'job_outcome', 'job_failure'] loop
        child := job_partition_name(parent, starts);
        if to_regclass(child) is null then
            execute format('create table %I (like %I including defaults including constraints)', child, parent);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child, job_id_at(starts), job_id_at(ends));
        end if;
    end loop;
    return true;
exception
    when check_violation then
        return false;
end $$;

-- Drops the partition that begins at a time, unless more than $3 of its jobs must be kept: unfinished ones, and finished
-- ones within their queue's retention. Those few move to the default partition.
-- Takes the parents' exclusive locks for the time of the move; a caller sets lock_timeout.
create function drop_job_partition(starts timestamptz, ends timestamptz, most_kept integer) returns text
language plpgsql as $$
declare
    parent text;
    child text;
    key text;
    kept uuid[];
begin
    execute format($q$
        select coalesce(array_agg(id), '{}') from (
            select job_id as id from job_ready where job_id >= %1$L and job_id < %2$L
            union all
            (select o.job_id from %3$I o left join job_queue q on q.name = o.queue
             where o.finished_at + case o.state when 'completed' then coalesce(q.keep_completed, '24 hours')
                                                else coalesce(q.keep_failed, '7 days') end > now())
            limit %4$s) as kept $q$,
        job_id_at(starts), job_id_at(ends), job_partition_name('job_outcome', starts), most_kept + 1)
    into kept;
    if cardinality(kept) > most_kept then
        return 'in use';
    end if;

    -- A job that was let run again meanwhile stays too; from here on none is.
    lock table job, job_outcome, job_failure in access exclusive mode;
    select kept || coalesce(array_agg(job_id), '{}') into kept
    from job_ready where job_id >= job_id_at(starts) and job_id < job_id_at(ends);

    foreach parent in array array['job', 'job_outcome', 'job_failure'] loop
        child := job_partition_name(parent, starts);
        key := case parent when 'job' then 'id' else 'job_id' end;
        execute format('alter table %I detach partition %I', parent, child);
        execute format('insert into %I select * from %I where %I = any ($1)', parent, child, key) using kept;
        execute format('drop table %I', child);
    end loop;
    return 'dropped';
end $$;

-- Empties a table of its dead rows at once, where vacuum can't: a transaction held open elsewhere keeps dead rows, but
-- not a truncated table's. The live rows are put back. A caller sets lock_timeout and sees to it that they are few.
-- No statement sees the table half empty: it waits for the lock, and takes its snapshot after.
create function rewrite_small_table(target regclass) returns bigint
language plpgsql as $$
declare
    live bigint;
begin
    execute format('lock table %s in access exclusive mode', target);
    execute format('create temporary table rewritten on commit drop as select * from %s', target);
    execute format('truncate %s', target);
    execute format('insert into %s select * from rewritten', target);
    get diagnostics live = row_count;
    return live;
end $$;

-- The first partitions, before the first job: a worker makes those to come. What 0001 had from before goes to
-- the default one.
select make_job_partition(date_bin('6 hours', now(), '2000-01-01 00:00Z') + n * interval '6 hours',
                          date_bin('6 hours', now(), '2000-01-01 00:00Z') + (n + 1) * interval '6 hours')
from generate_series(0, 2) as n;

insert into job (id, created_at, run_at, max_attempts, priority, queue, type, owner, args, traceparent)
select id, created_at, run_at, max_attempts, priority, queue, type, owner, args, traceparent from job_v1;

insert into job_ready (job_id, session_id, run_at, started_at, rank, seq, attempt, max_attempts, priority, progress, delayed, queue, owner)
select r.job_id, r.session_id, r.run_at, r.started_at,
       case when r.session_id is not null or r.run_at <= now()
            then (extract(epoch from r.run_at) * 1000000)::bigint - r.priority * 600000000::bigint end,
       r.seq, r.attempt, r.max_attempts, r.priority, r.progress, r.session_id is null and r.run_at > now(), r.queue, j.owner
from job_ready_v1 r join job_v1 j on j.id = r.job_id;

insert into job_outcome (job_id, started_at, finished_at, seq, attempt, queue, state, result, error, usage)
select o.job_id, o.started_at, o.finished_at, o.seq, o.attempt, j.queue, o.state, o.result, o.error, o.usage
from job_outcome_v1 o join job_v1 j on j.id = o.job_id;

insert into job_failure select job_id, failed_at, attempt, error, stack from job_failure_v1;

insert into job_count (queue, waiting, delayed, active, completed, failed, cancelled)
select j.queue, count(*) filter (where r.session_id is null and r.run_at <= now()),
       count(*) filter (where r.session_id is null and r.run_at > now()), count(*) filter (where r.session_id is not null),
       count(*) filter (where o.state = 'completed'), count(*) filter (where o.state = 'failed'), count(*) filter (where o.state = 'cancelled')
from job_v1 j left join job_ready_v1 r on r.job_id = j.id left join job_outcome_v1 o on o.job_id = j.id
group by j.queue;

drop table job_v1, job_ready_v1, job_outcome_v1, job_failure_v1;
