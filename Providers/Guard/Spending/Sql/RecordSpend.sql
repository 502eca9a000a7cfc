-- Records a spend that nothing was reserved for, because no limit was set.
-- $1 id uuid, $2 job uuid, or null, $3 attempt smallint, or null, $4 owner text, $5 job type text, $6 provider text, $7 model text,
-- $8 cost numeric, $9 input tokens bigint, or null, $10 output tokens bigint, or null
-- Locks: none. Rows: none. Once more with the same id it does nothing.
with spent as (
    insert into spend (id, job_id, attempt, owner, job_type, provider, model, estimate, cost, input_tokens, output_tokens)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)
    on conflict (id) do nothing
    returning day, owner, job_type, cost
)
insert into spend_delta (day, scope, amount)
select day, unnest(spend_scopes(owner, job_type)), cost from spent where cost <> 0
