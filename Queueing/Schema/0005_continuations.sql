-- works with builds from: 2
-- A job that follows another's end, whatever that is and whoever records it: older builds, the leader, a cancellation.

-- One row a job that another follows; written with the job.
create table job_continuation (
    job_id       uuid     primary key,              -- the one that is followed
    max_attempts smallint not null,
    queue        text     not null,
    type         text     not null,
    args         json     not null
) partition by range (job_id);

create table job_continuation_kept partition of job_continuation default;

-- An id of version 7 (RFC 9562), as those are that the library makes.
create function new_job_id() returns uuid
language sql volatile parallel safe as $$
    select overlay(overlay(replace(gen_random_uuid()::text, '-', '')
                           placing lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') from 1)
                   placing '7' from 13)::uuid
$$;

-- It comes as a job that was delayed until now: from there it gets its rank as others do, see PromoteDueJobs.sql.
-- The ids are an array, so that they are looked up in the index, however many rows the planner expects of `ended`.
create function continue_ended_jobs() returns trigger
language plpgsql as $$
begin
    with next as (
        insert into job (id, queue, type, owner, args, traceparent, priority, max_attempts, run_at)
        select new_job_id(), c.queue, c.type, j.owner, c.args, j.traceparent, j.priority, c.max_attempts, now()
        from job_continuation c join job j on j.id = c.job_id
        where c.job_id = any (array(select job_id from ended))
        returning id, queue, owner, priority, max_attempts, run_at
    ), ready as (
        insert into job_ready (job_id, queue, owner, priority, max_attempts, run_at, delayed)
        select id, queue, owner, priority, max_attempts, run_at, true from next
    )
    insert into job_count_delta (queue, delayed)
    select queue, count(*) from next group by queue;
    return null;
end $$;

create trigger job_continues after insert on job_outcome
referencing new table as ended
for each statement execute function continue_ended_jobs();

-- The tables that are partitioned by job id, in the order that their locks are taken in.
create function job_partitioned_tables() returns text[]
language sql immutable parallel safe as $$
    select array['job', 'job_outcome', 'job_failure', 'job_transition', 'job_continuation']
$$;

create or replace function make_job_partition(starts timestamptz, ends timestamptz) returns boolean
language plpgsql as $$
declare
    parent text;
    child text;
begin
    foreach parent in array job_partitioned_tables() loop
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

create or replace function drop_job_partition(starts timestamptz, ends timestamptz, most_kept integer) returns text
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
    foreach parent in array job_partitioned_tables() loop
        execute format('lock table %I in access exclusive mode', parent);
    end loop;
    select kept || coalesce(array_agg(job_id), '{}') into kept
    from job_ready where job_id >= job_id_at(starts) and job_id < job_id_at(ends);

    -- Into the default partition by its own name: through its parent the jobs would end once more.
    foreach parent in array job_partitioned_tables() loop
        child := job_partition_name(parent, starts);
        key := case parent when 'job' then 'id' else 'job_id' end;
        execute format('alter table %I detach partition %I', parent, child);
        execute format('insert into %I select * from %I where %I = any ($1)', parent || '_kept', child, key) using kept;
        execute format('drop table %I', child);
    end loop;
    return 'dropped';
end $$;

-- The partitions that are there already get theirs.
select make_job_partition(job_id_time((regexp_match(bounds, 'FROM \(''([0-9a-f-]+)''\)'))[1]::uuid),
                          job_id_time((regexp_match(bounds, 'TO \(''([0-9a-f-]+)''\)'))[1]::uuid))
from (select pg_get_expr(c.relpartbound, c.oid) as bounds
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'job'::regclass) as partitions
where bounds <> 'DEFAULT';
