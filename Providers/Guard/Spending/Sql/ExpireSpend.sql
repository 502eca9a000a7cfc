-- Settles reservations that nobody settled in time at their estimates: the call may have been made. What counts stays the same.
-- Locks: the spends' rows, skipping those that somebody is just settling. Rows: the count says how many.
update spend
set cost = estimate, expires_at = null
where id in (select id from spend where cost is null and expires_at <= now() limit 1000 for update skip locked)
