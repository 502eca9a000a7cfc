-- The newest jobs, for those who follow all jobs of an owner and heard nothing of some.
-- $1 owner text, or null: everybody's, $2 since timestamptz
-- Locks: none. Rows: a thousand at most, newest first.
(select id, owner, type, queue, created_at from job where owner = $1 and id > job_id_at($2) order by id desc limit 1000)
union all
(select id, owner, type, queue, created_at from job where $1::text is null and id > job_id_at($2) order by id desc limit 1000)
