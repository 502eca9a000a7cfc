-- Adds the deltas to the totals. Whoever runs it, and how many at once: a delta is taken once.
-- Locks: the deltas, skipping those that another fold holds, and the totals, in the order of reserve_spend. Rows: none.
with gone as (
    delete from spend_delta d
    using (select ctid from spend_delta for update skip locked) f
    where d.ctid = f.ctid
    returning d.day, d.scope, d.amount
)
insert into spend_total as t (day, scope, amount)
select day, scope, sum(amount) from gone group by day, scope order by day, scope
on conflict (day, scope) do update set amount = t.amount + excluded.amount
