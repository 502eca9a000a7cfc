-- Deletes what is taken over no more, and leaders that are nowhere any more.
-- Locks: the deleted rows, skipping those that somebody is just asking for. Rows: none.
delete from job_reuse
where key in (select key from job_reuse r
              where until < now() - interval '1 hour' -- Those who waited take it meanwhile.
                 or (until is null and began_at < now() - interval '1 hour' and not exists (select from job_ready where job_id = r.job_id))
              limit 1000 for update skip locked)
