-- Lets one process at a time look after the indexes on vectors.
-- Locks: an advisory lock of the session. Rows: one: whether this session has it.
select pg_try_advisory_lock(8315161571440583026)
