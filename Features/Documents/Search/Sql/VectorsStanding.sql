-- Whether the database compares vectors, and whether it could after "create extension": builds before 0.5 have no HNSW.
-- Locks: none. Rows: one.
select
    to_regtype('vector') is not null,
    exists (
        select from pg_available_extensions
        where name = 'vector' and string_to_array(substring(default_version from '^[0-9.]*[0-9]'), '.')::integer[] >= array[0, 5])
