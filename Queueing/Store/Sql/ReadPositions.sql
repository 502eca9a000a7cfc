-- How far the given jobs have come, for those who follow many of them at once.
-- $1 jobs uuid[]
-- Locks: none. Rows: one a known job: the seq of its last change.
select coalesce(r.job_id, o.job_id) as job_id, coalesce(o.seq, r.seq) as seq
from (select * from job_ready where job_id = any ($1)) r
full join (select * from job_outcome where job_id = any ($1)) o on o.job_id = r.job_id
