-- Sets the limits of a scope, or takes them away when both are null.
-- $1 scope text, $2 soft numeric, or null, $3 hard numeric, or null, $4 who text
-- Locks: the limit's row. Rows: none.
with gone as (
    delete from budget where scope = $1 and $2::numeric is null and $3::numeric is null
)
insert into budget (scope, soft, hard, changed_by)
select $1, $2, $3, $4 where $2::numeric is not null or $3::numeric is not null
on conflict (scope) do update set soft = excluded.soft, hard = excluded.hard, changed_at = now(), changed_by = excluded.changed_by
