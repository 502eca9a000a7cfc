-- works with builds from: 2
-- What happened to a job between its beginning and its end, so that its events can be told again without Redis.

-- One row a change of state that neither a claim nor the outcome tells of: an attempt that was given back, for whatever
-- reason, and the end of an earlier life of a job that was let run again. The claim that follows has the next seq.
create table job_transition (
    job_id  uuid        not null,
    at      timestamptz not null default now(),
    run_at  timestamptz,                            -- of a retry: when the next attempt is due
    seq     integer     not null,
    attempt smallint    not null,                   -- attempts that count, after it
    event   text        not null,                   -- as clients are told: waiting, retrying, failed, cancelled
    error   json
) partition by range (job_id);

create index job_transition_job on job_transition (job_id);
create table job_transition_kept partition of job_transition default;

-- How long the text was that the last attempt wrote for its clients, in UTF-16 code units; null for none, or not known.
alter table job_outcome add column text_length integer;

create or replace function make_job_partition(starts timestamptz, ends timestamptz) returns boolean
language plpgsql as $$
declare
    parent text;
    child text;
begin
    foreach parent in array array['job', 'job_outcome', 'job_failure', 'job_transition'] loop
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
    lock table job, job_outcome, job_failure, job_transition in access exclusive mode;
    select kept || coalesce(array_agg(job_id), '{}') into kept
    from job_ready where job_id >= job_id_at(starts) and job_id < job_id_at(ends);

    foreach parent in array array['job', 'job_outcome', 'job_failure', 'job_transition'] loop
        child := job_partition_name(parent, starts);
        key := case parent when 'job' then 'id' else 'job_id' end;
        execute format('alter table %I detach partition %I', parent, child);
        execute format('insert into %I select * from %I where %I = any ($1)', parent, child, key) using kept;
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
