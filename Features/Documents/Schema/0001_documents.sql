-- Documents that were uploaded, and the pieces that questions are answered from.

create table document (
    id         uuid        primary key,
    course_id  uuid,                              -- null outside of courses
    file_id    uuid,
    job_id     uuid,                              -- the ingestion
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    pages      integer,                           -- null until they are known
    pieces     integer,
    owner      text        not null,
    title      text        not null,
    status     text        not null default 'PENDING',
    error_type text,
    error      text,
    constraint known_status check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    constraint failed_says_why check (status <> 'FAILED' or error_type is not null)
);

create index document_owner on document (owner, created_at desc);
create index document_course on document (course_id) where course_id is not null;

create table document_piece (
    document_id uuid    not null references document on delete cascade,
    index       integer not null,                 -- from 0, in the order of the text
    first_page  integer not null,                 -- from 1
    last_page   integer not null,
    model       text    not null,                 -- what made the vector; those of two models can't be compared
    text        text    not null,
    words       tsvector not null generated always as (to_tsvector('english', text)) stored,
    embedding   real[]  not null,
    primary key (document_id, index),
    constraint pages_in_order check (1 <= first_page and first_page <= last_page)
);

-- Numbers that look random don't get smaller: compressing them would only cost time, whenever they are read.
alter table document_piece alter column embedding set storage external;

create index document_piece_words on document_piece using gin (words);

-- The pieces of a model whose vectors are nearest to one, by the extension "vector". Where it isn't there the search is made outside.
-- Up to most_compared pieces in the scope are all compared. Among more the index document_piece_near_… of the model is asked, where there
-- is one: it finds nearly all of the nearest ones, and goes on beyond those outside of the scope (iterative scans, from version 0.8 on).
-- The statements are written here because an index on vectors holds for one number of dimensions, which only a constant can say.
create function near_pieces(scope uuid[], of_model text, of_vector real[], most_compared bigint, most integer)
    returns table (document_id uuid, index integer, likeness double precision)
    language plpgsql stable as $$
declare
    dimensions constant integer := cardinality(of_vector);
    near constant text := format('p.embedding::vector(%1$s) <=> $2::vector(%1$s)', dimensions);
    among constant text := format('p.model = %L and cardinality(p.embedding) = %s', of_model, dimensions);
    in_scope bigint;
begin
    -- As many as are asked for, before the scope is looked at. Builds of the extension before 0.8 know no iterative scans.
    perform set_config('hnsw.ef_search', least(1000, 2 * most)::text, true);
    if (select string_to_array(extversion, '.')::int[] >= array[0, 8] from pg_extension where extname = 'vector') then
        perform set_config('hnsw.iterative_scan', 'relaxed_order', true);
    end if;

    select coalesce(sum(d.pieces), 0) into in_scope from document d where d.id = any(scope);
    if in_scope <= most_compared then
        return query execute format(
            'with compared as materialized (
                select p.document_id, p.index, 1 - (%s) as likeness from document_piece p where p.document_id = any($1) and %s)
             select * from compared order by likeness desc, document_id, index limit $3', near, among)
            using scope, of_vector, most;
    else
        return query execute format(
            'with nearest as materialized (
                select p.document_id, p.index, 1 - (%1$s) as likeness from document_piece p where p.document_id = any($1) and %2$s order by %1$s limit $3)
             select * from nearest order by likeness desc, document_id, index', near, among)
            using scope, of_vector, most;
    end if;
end
$$;
