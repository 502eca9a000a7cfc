-- The jobs that idempotency keys stand for.
-- $1 owners text[], $2 types text[], $3 keys text[]
-- Locks: none. Rows: one a known key.
select k.owner, k.type, k.key, k.job_id, k.payload
from unnest($1::text[], $2::text[], $3::text[]) as i (owner, type, key)
join job_key k on k.owner = i.owner and k.type = i.type and k.key = i.key
