-- Deletes what is older than it is kept.
-- $1 keep interval
-- Locks: the deleted rows. Rows: none.
with old_totals as (
    delete from spend_total where day < (now() - $1)::date
)
delete from spend where day < (now() - $1)::date and cost is not null
