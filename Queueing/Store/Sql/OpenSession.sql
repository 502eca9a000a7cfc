-- Opens a worker's session.
-- $1 id uuid, $2 host text, $3 process integer
-- Locks: the new row. Rows: how many workers there are now.
with opened as (
    insert into worker_session (id, host, process_id) values ($1, $2, $3)
)
select count(*)::int + 1 from worker_session
