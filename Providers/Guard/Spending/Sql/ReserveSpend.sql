-- Reserves the estimate of a call, see the function.
-- $1 id uuid, $2 job uuid, or null, $3 attempt smallint, or null, $4 owner text, $5 job type text, $6 provider text, $7 model text,
-- $8 estimate numeric, $9 lifetime interval
-- Locks: the totals of the scopes that have a limit. Rows: none when it is reserved, else the scope that is spent, or 'stop', and its limit.
select refused_scope, limit_amount from reserve_spend($1, $2, $3, $4, $5, $6, $7, $8, $9)
