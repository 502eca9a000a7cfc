-- A page of jobs, newest first.
-- $1 owner text, or null: everybody's, $2 type text, or null, $3 queue text, or null, $4 state text, or null, $5 before
-- uuid: the last job of the page before, or null, $6 limit int
-- Locks: none. Rows: the jobs, newest first.
select j.id, j.type, j.queue, j.owner, j.created_at, s.status, s.progress, s.attempt, j.max_attempts, s.priority, s.run_at,
       s.started_at, s.finished_at, s.result, s.error, s.usage, s.seq, s.text_length, s.reused
from job j
cross join lateral (
    select case
               when o.job_id is not null then o.state
               when r.session_id is not null then 'active'
               when r.delayed and r.run_at > now() then 'delayed'
               else 'waiting'
           end as status,
           case when o.state = 'completed' then 100 else coalesce(r.progress, 0) end as progress,
           coalesce(o.attempt, r.attempt) as attempt, coalesce(r.priority, j.priority) as priority,
           coalesce(r.run_at, j.run_at) as run_at, coalesce(o.started_at, r.started_at) as started_at,
           o.finished_at, o.result, o.error, o.usage, coalesce(o.seq, r.seq) as seq, o.text_length, o.reused_from is not null as reused
    from (select) as one
    left join job_ready r on r.job_id = j.id
    left join job_outcome o on o.job_id = j.id) s
where ($1::text is null or j.owner = $1) and ($2::text is null or j.type = $2) and ($3::text is null or j.queue = $3)
  and ($4::text is null or s.status = $4) and j.id < coalesce($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
order by j.id desc
limit $6
