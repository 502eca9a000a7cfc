-- Settles a reserved spend to what the call cost; one that expired meanwhile too.
-- $1 id uuid, $2 cost numeric, or null: its estimate, $3 input tokens bigint, or null, $4 output tokens bigint, or null
-- Locks: the spend's row. Rows: none.
with before as materialized (
    select id, coalesce(cost, estimate) as counted from spend where id = $1 for update
), settled as (
    update spend s
    set cost = coalesce($2, s.estimate), expires_at = null, input_tokens = $3, output_tokens = $4
    from before b
    where s.id = b.id
    returning s.day, s.owner, s.job_type, s.cost - b.counted as change
)
insert into spend_delta (day, scope, amount)
select day, unnest(spend_scopes(owner, job_type)), change from settled where change <> 0
