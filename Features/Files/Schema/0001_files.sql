-- What clients upload. A file is temporary until something keeps it, so that an upload that was cut off, or whose request failed later,
-- leaves nothing behind for long.

create table stored_file (
    id          uuid        primary key,
    owner       text        not null,
    name        text        not null,
    media_type  text        not null,
    length      bigint,                                          -- bytes; null until all of it is there
    sha256      bytea,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz default now() + interval '1 day'     -- null: kept
);

create index stored_file_expiry on stored_file (expires_at) where expires_at is not null;

-- The bytes, where the database keeps them.
create table stored_file_part (
    file_id     uuid        not null references stored_file on delete cascade,
    number      integer     not null,
    bytes       bytea       not null,
    primary key (file_id, number)
);

-- PDFs, pictures and most sound are compressed already.
alter table stored_file_part alter column bytes set storage external;
