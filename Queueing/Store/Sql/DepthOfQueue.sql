-- How many jobs of a queue wait or are delayed.
-- $1 queue text
-- Locks: none. Rows: one.
select coalesce(sum(waiting + delayed), 0)::bigint
from (select waiting, delayed from job_count where queue = $1
      union all
      select waiting, delayed from job_count_delta where queue = $1) as moves
