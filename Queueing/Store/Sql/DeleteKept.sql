-- Deletes finished jobs past their retention from the default partitions, where the few are that outlived their own.
-- $1 limit int
-- Locks: the deleted rows. Rows: one, the jobs deleted.
with gone as materialized (
    select o.job_id
    from job_outcome_kept o left join job_queue q on q.name = o.queue
    where o.finished_at + case o.state when 'completed' then coalesce(q.keep_completed, '24 hours')
                                       else coalesce(q.keep_failed, '7 days') end <= now()
    limit $1
    for update of o skip locked
), outcomes as (
    delete from job_outcome_kept o using gone g where o.job_id = g.job_id
), failures as (
    delete from job_failure_kept f using gone g where f.job_id = g.job_id
), transitions as (
    delete from job_transition_kept t using gone g where t.job_id = g.job_id
), continuations as (
    delete from job_continuation_kept c using gone g where c.job_id = g.job_id
), jobs as (
    delete from job_kept j using gone g where j.id = g.job_id
)
select count(*)::int from gone
