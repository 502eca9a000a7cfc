-- How many jobs each queue has in each state.
-- Locks: none. Rows: one a queue that ever had a job.
select queue, sum(waiting)::bigint as waiting, sum(active)::bigint as active, sum(completed)::bigint as completed,
       sum(failed)::bigint as failed, sum(delayed)::bigint as delayed, sum(cancelled)::bigint as cancelled
from (select queue, waiting, active, completed, failed, delayed, cancelled from job_count
      union all
      select queue, waiting, active, completed, failed, delayed, cancelled from job_count_delta) as moves
group by queue
order by queue
