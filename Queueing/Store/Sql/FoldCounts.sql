-- Adds the deltas up into job_count.
-- Locks: the folded job_count_delta rows and the queues' job_count rows; only the leader folds.
-- Row count: the queues that had deltas.
with folded as (
    delete from job_count_delta returning *
), summed as (
    select queue, sum(waiting) as waiting, sum(delayed) as delayed, sum(active) as active, sum(completed) as completed,
           sum(failed) as failed, sum(cancelled) as cancelled
    from folded group by queue
)
insert into job_count as c (queue, waiting, delayed, active, completed, failed, cancelled)
select queue, waiting, delayed, active, completed, failed, cancelled from summed order by queue
on conflict (queue) do update
set waiting = c.waiting + excluded.waiting, delayed = c.delayed + excluded.delayed, active = c.active + excluded.active,
    completed = c.completed + excluded.completed, failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled
