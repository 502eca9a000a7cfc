-- A job is three rows at most: what was asked (job), that it still has to be done (job_ready), how it ended
-- (job_outcome). Only job_ready is updated and deleted from, so only it makes dead rows, and it is narrow.

create table job (
    id           uuid        primary key,           -- version 7: rises with time
    created_at   timestamptz not null default now(),
    run_at       timestamptz not null,              -- as asked; job_ready has what holds now
    max_attempts smallint    not null,
    priority     smallint    not null,
    queue        text        not null,
    type         text        not null,
    owner        text        not null,
    args         json        not null,
    traceparent  text
);

create table job_ready (
    job_id       uuid        primary key,
    session_id   uuid,                              -- the worker session that runs it; null while it waits
    run_at       timestamptz not null,
    started_at   timestamptz,
    seq          integer     not null default 1,    -- rises with every change a client is told of
    attempt      smallint    not null default 0,    -- attempts begun
    max_attempts smallint    not null,
    priority     smallint    not null,              -- 1 to 10, higher first
    progress     smallint    not null default 0,    -- percent
    queue        text        not null,
    constraint priority_in_range check (priority between 1 and 10),
    constraint progress_in_range check (progress between 0 and 100),
    constraint attempts_within_limit check (attempt <= max_attempts),
    constraint running_has_a_start check ((session_id is null) = (started_at is null))
) with (fillfactor = 70);                           -- room for progress to be a heap-only update

create index job_ready_claimable on job_ready (queue, priority desc, run_at, job_id) where session_id is null;
create index job_ready_held on job_ready (session_id) where session_id is not null;

create table job_outcome (
    job_id      uuid        primary key,
    started_at  timestamptz,
    finished_at timestamptz not null default now(),
    seq         integer     not null,
    attempt     smallint    not null,
    state       text        not null,
    result      json,
    error       json,
    usage       json,
    constraint final_state check (state in ('completed', 'failed', 'cancelled')),
    constraint failed_has_an_error check ((state = 'failed') = (error is not null))
);

-- One row an attempt that failed, kept for diagnosis; append-only.
create table job_failure (
    job_id    uuid        not null,
    failed_at timestamptz not null default now(),
    attempt   smallint    not null,
    error     json        not null,                 -- type, message, transient
    stack     text
);

create index job_failure_job on job_failure (job_id);

-- One row a worker process. Its jobs are its own while heartbeat_at is fresh; see RescueJobs.sql.
create table worker_session (
    id           uuid        primary key,
    started_at   timestamptz not null default now(),
    heartbeat_at timestamptz not null default now(),
    process_id   integer     not null,
    host         text        not null
);
