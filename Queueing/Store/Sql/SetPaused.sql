-- Pauses or resumes a queue: its jobs are not given to workers while it is paused.
-- $1 queue text, $2 paused boolean
-- Locks: the queue's row. Row count: one.
insert into job_queue as q (name, paused_at)
values ($1, case when $2 then now() end)
on conflict (name) do update set paused_at = case when $2 then coalesce(q.paused_at, now()) end
