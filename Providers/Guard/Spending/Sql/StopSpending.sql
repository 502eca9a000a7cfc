-- Lets nothing be called that costs.
-- $1 who text
-- Locks: the one row. Rows: none.
insert into budget_stop (stopped_by) values ($1) on conflict do nothing
