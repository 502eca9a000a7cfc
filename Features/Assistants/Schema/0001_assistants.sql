-- What was asked in one conversation, so that a question can follow from another.
create table assistant_session (
    id          uuid        primary key,
    owner       text        not null,
    course_id   uuid        not null,
    created_at  timestamptz not null default now()
);

-- Question and answer are written together, when the job that answers is done: a job writes one of each, also when it is run again.
create table assistant_message (
    session_id  uuid        not null references assistant_session on delete cascade,
    job_id      uuid        not null,
    role        text        not null check (role in ('user', 'assistant')),
    text        text        not null,
    sources     jsonb,
    created_at  timestamptz not null default now(),
    primary key (session_id, job_id, role)
);

create index assistant_message_in_order on assistant_message (session_id, created_at);
