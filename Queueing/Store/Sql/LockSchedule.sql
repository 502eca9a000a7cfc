-- A schedule's next tick, which only one transaction at a time may look at.
-- $1 name text, $2 definition text
-- Locks: the schedule's row; and its name, because there may be no row yet.
-- Rows: one: the next tick, null when the schedule is new or has another definition, and the time now.
select s.next_tick, now()
from (select pg_advisory_xact_lock(hashtextextended('schedule ' || $1, 0))) as locked
left join lateral (
    select next_tick from job_schedule where name = $1 and definition = $2 for update
) s on true
