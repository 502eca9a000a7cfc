-- What the run adds to the queue's database: the handlers' effects, the producers' ledger, and an audit of every change of
-- hands, written in the transactions that make the changes. Ids rise in the order of the writes.
create table effect (job_id uuid not null, attempt integer not null);
create table ledger (token text not null);

create table audit (
    id         bigserial   primary key,
    at         timestamptz not null default clock_timestamp(),
    began_at   timestamptz not null default now(),
    move       text        not null,
    job_id     uuid,
    attempt    integer,
    session_id uuid,
    process_id integer,
    queue      text,
    owner      text
);

create function audit_ready() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        insert into audit (move, job_id, attempt, session_id, queue, owner)
        values ('Ended', old.job_id, old.attempt, old.session_id, old.queue, old.owner);
    elsif new.session_id is distinct from old.session_id then
        insert into audit (move, job_id, attempt, session_id, queue, owner)
        values (case when old.session_id is not null and new.session_id is not null then 'Stolen'
                     when new.session_id is not null then 'Claimed'
                     when new.kills > old.kills then 'Rescued'
                     when new.attempt < old.attempt then 'HandedBack'
                     else 'Retried' end,
                new.job_id, new.attempt, coalesce(new.session_id, old.session_id), new.queue, new.owner);
    end if;
    return null;
end $$;

create trigger audit_ready after update or delete on job_ready for each row execute function audit_ready();

create function audit_outcome() returns trigger language plpgsql as $$
begin
    insert into audit (move, job_id, attempt, queue) values ('Redriven', old.job_id, old.attempt, old.queue);
    return null;
end $$;

create trigger audit_outcome after delete on job_outcome for each row execute function audit_outcome();

create function audit_session() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        insert into audit (move, session_id, process_id) values ('SessionEnded', old.id, old.process_id);
    else
        insert into audit (move, session_id, process_id) values ('SessionOpened', new.id, new.process_id);
    end if;
    return null;
end $$;

create trigger audit_session after insert or delete on worker_session for each row execute function audit_session();
