-- Each time that somebody asks for cards of a PDF.
create table card_session (
    id          uuid        primary key,
    file_id     uuid        not null,
    owner       text        not null,
    user_prompt text,
    job_id      uuid        not null,
    created_at  timestamptz not null default now()
);

-- The cards of a part of the PDF, from when they are made until the job is done: a later attempt goes on from here, and pays for none twice.
create table card_section (
    session_id  uuid        not null references card_session on delete cascade,
    number      integer     not null,
    cards       jsonb       not null,
    tokens      bigint      not null,
    primary key (session_id, number)
);
