-- Writes which job follows each of these when it ends: of those that were accepted, in the transaction that accepted them.
-- $1 ids of the followed jobs uuid[], $2 queues text[], $3 types text[], $4 args json[], $5 max attempts smallint[]
-- Locks: none. Rows: none.
insert into job_continuation (job_id, queue, type, args, max_attempts)
select c.job_id, c.queue, c.type, c.args, c.max_attempts
from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::smallint[]) as c (job_id, queue, type, args, max_attempts)
where exists (select from job j where j.id = c.job_id)
