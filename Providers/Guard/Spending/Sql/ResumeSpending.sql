-- Ends a stop.
-- Locks: the one row. Rows: none.
delete from budget_stop
