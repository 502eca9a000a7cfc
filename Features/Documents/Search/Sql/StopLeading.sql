-- Lets another process look after the indexes on vectors.
-- Locks: gives the advisory lock back. Rows: one.
select pg_advisory_unlock(8315161571440583026)
