-- works with builds from: 2
-- Results that later jobs of the same content take over, and jobs of the same content of which one runs while the others wait.

-- One row a content: the job that leads, and from its end on the one whose result is taken over.
create table job_reuse (
    key      bytea       primary key,               -- the content's hash
    job_id   uuid        not null,
    lifetime interval    not null,                  -- for how long its result is taken over
    began_at timestamptz not null default now(),
    until    timestamptz                            -- null while the job hasn't ended
);

create index job_reuse_job on job_reuse (job_id);
create index job_reuse_until on job_reuse (until);

alter table job_outcome add column reused_from uuid;   -- whose result it is

-- What a job is to do about others of the same content: lead, wait for the leader, or take a result over.
-- Serialized by the content's row, so of any number of workers that ask at once one leads. A job that leads goes on leading through
-- its retries and snoozes.
create function begin_reuse(content bytea, asking uuid, keep interval, out standing text, out leader uuid, out waited interval, out taken json)
language plpgsql as $$
declare
    row job_reuse;
begin
    loop
        insert into job_reuse (key, job_id, lifetime) values (content, asking, keep) on conflict (key) do nothing;
        if found then
            standing := 'lead';
            return;
        end if;

        select * into row from job_reuse where key = content for update;
        continue when not found;
        leader := row.job_id;
        if row.job_id = asking then
            standing := 'lead';
            return;
        end if;

        if row.until is null and exists (select from job_ready where job_id = row.job_id) then
            standing := 'wait';
            waited := now() - row.began_at;
            return;
        end if;

        -- One that has been waiting for this leader takes its result whatever it is: else those who wait would make the call one after
        -- the other.
        if row.until > now() or exists (select from job_ready where job_id = asking and snooze_reason = 'reuse:' || row.job_id) then
            select result into taken from job_outcome where job_id = row.job_id and state = 'completed';
            if found then
                standing := 'take';
                return;
            end if;
        end if;

        -- Too old, or gone with its partition, or of a leader that is nowhere any more.
        update job_reuse set job_id = asking, lifetime = keep, began_at = now(), until = null where key = content;
        standing := 'lead';
        return;
    end loop;
end $$;

-- The end of a leader, whoever records it. A result that came from another provider or model than is asked first is for those who
-- wait, and not for later ones.
-- Jobs that wait for it and are just being written come back by themselves.
create function settle_reuse() returns trigger
language plpgsql as $$
declare
    led uuid[];
begin
    led := array(select r.job_id from job_reuse r where r.until is null and r.job_id = any (array(select job_id from ended)));
    if led = '{}' then
        return null;
    end if;

    update job_reuse r
    set until = case when e.usage ->> 'why' is null then now() + r.lifetime else now() end
    from ended e
    where r.job_id = any (led) and e.job_id = r.job_id and e.state = 'completed';
    delete from job_reuse where job_id = any (led) and until is null;
    update job_ready
    set run_at = now()
    where job_id in (select job_id from job_ready
                     where delayed and snooze_reason = any (select 'reuse:' || job from unnest(led) as job) for update skip locked);
    return null;
end $$;

create trigger job_settles_reuse after insert on job_outcome
referencing new table as ended
for each statement execute function settle_reuse();
