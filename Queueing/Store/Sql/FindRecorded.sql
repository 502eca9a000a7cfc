-- Which attempts ended in a state: asked when the answer to their record was lost.
-- $1 jobs uuid[], $2 attempts smallint[], $3 state text
-- Locks: none. Rows: the recorded ones with their event's seq.
select o.job_id, o.seq
from unnest($1::uuid[], $2::smallint[]) as e (job_id, attempt)
join job_outcome o on o.job_id = e.job_id and o.attempt = e.attempt and o.state = $3
