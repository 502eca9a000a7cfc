-- The limits, what counts against them today, and whether everything is stopped. Of 'owner:*' nothing counts: each owner has its own.
-- Locks: none. Rows: one a limit, and one for the fleet when it has none.
select s.scope, trim_scale(b.soft), trim_scale(b.hard), case when s.scope = 'owner:*' then 0 else trim_scale(spent_on(t.day, s.scope)) end as spent,
       (select stopped_at from budget_stop) as stopped_at, t.day
from (select (now() at time zone 'UTC')::date as day) t
cross join (select scope from budget union select 'fleet') s
left join budget b on b.scope = s.scope
order by s.scope
