-- Sets a schedule's next tick. One that will never come is set to infinity.
-- $1 name text, $2 definition text, $3 next tick timestamptz or null, $4 last tick timestamptz or null, $5 its job uuid or null
-- Locks: the schedule's row. Row count: one.
insert into job_schedule as s (name, definition, next_tick, last_tick, last_job_id)
values ($1, $2, coalesce($3::timestamptz, 'infinity'), $4, $5)
on conflict (name) do update
set definition = excluded.definition, next_tick = excluded.next_tick,
    last_tick = coalesce(excluded.last_tick, s.last_tick), last_job_id = coalesce(excluded.last_job_id, s.last_job_id)
