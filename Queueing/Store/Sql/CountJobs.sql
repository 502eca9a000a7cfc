-- How many jobs are in each state.
-- Locks: none. Rows: one.
select count(*) filter (where session_id is null and run_at <= now()) as waiting,
       count(*) filter (where session_id is not null) as active,
       (select count(*) from job_outcome where state = 'completed') as completed,
       (select count(*) from job_outcome where state = 'failed') as failed,
       count(*) filter (where session_id is null and run_at > now()) as delayed
from job_ready
