-- The unfinished among the newest jobs of an owner, for those who begin to follow them.
-- $1 owner text, or null: everybody's, $2 how many jobs are looked through int
-- Locks: none. Rows: the unfinished ones, newest first.
select j.id, j.type, j.queue, j.owner, j.created_at,
       case when r.session_id is not null then 'active' when r.delayed and r.run_at > now() then 'delayed' else 'waiting' end as status,
       r.progress::int as progress, r.attempt, j.max_attempts, r.priority, r.run_at, r.started_at, null::timestamptz as finished_at,
       null::json as result, null::json as error, null::json as usage, r.seq, null::int as text_length, false as reused
from ((select id, type, queue, owner, created_at, max_attempts from job where owner = $1 order by id desc limit $2)
      union all
      (select id, type, queue, owner, created_at, max_attempts from job where $1::text is null order by id desc limit $2)) j
join job_ready r on r.job_id = j.id
order by j.id desc
