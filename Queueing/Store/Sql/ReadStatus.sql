-- One job's state, in one snapshot: its outcome if it has one, else where it waits or runs.
-- $1 job uuid
-- Locks: none. Rows: one, or none for an unknown job.
select j.id, j.type, j.queue, j.owner, j.created_at,
       case
           when o.job_id is not null then o.state
           when r.session_id is not null then 'active'
           when r.delayed and r.run_at > now() then 'delayed'
           else 'waiting'
       end as status,
       case when o.state = 'completed' then 100 else coalesce(r.progress, 0) end as progress,
       coalesce(o.attempt, r.attempt) as attempt,
       j.max_attempts, coalesce(r.priority, j.priority) as priority, coalesce(r.run_at, j.run_at) as run_at,
       coalesce(o.started_at, r.started_at) as started_at,
       o.finished_at, o.result, o.error, o.usage,
       coalesce(o.seq, r.seq) as seq, o.text_length, o.reused_from is not null as reused
from job j
left join job_ready r on r.job_id = $1
left join job_outcome o on o.job_id = $1
where j.id = $1
