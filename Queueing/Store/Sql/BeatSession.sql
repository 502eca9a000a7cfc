-- Keeps a worker's session alive.
-- $1 id uuid
-- Locks: the session's row. Rows: how many workers there are; none when the session was ended by somebody else.
with beat as (
    update worker_session set heartbeat_at = now() where id = $1 returning id
)
select (select count(*)::int from worker_session) from beat
