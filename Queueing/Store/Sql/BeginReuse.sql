-- What a job is to do about others of the same content, see the function.
-- $1 hash bytea, $2 job uuid, $3 lifetime interval
-- Locks: the content's row. Rows: one: lead, wait or take; the leader; for how long it has been leading; the result to take over.
select standing, leader, waited, taken from begin_reuse($1, $2, $3)
