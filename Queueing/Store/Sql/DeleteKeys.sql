-- Deletes idempotency keys older than a day.
-- $1 limit int
-- Locks: the deleted rows. Rows: one, the keys deleted.
with gone as (
    delete from job_key
    where (owner, type, key) in (
        select owner, type, key from job_key where created_at < now() - interval '24 hours' order by created_at limit $1 for update skip locked)
    returning 1
)
select count(*)::int from gone
