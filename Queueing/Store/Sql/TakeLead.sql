-- Makes a worker session the leader, or keeps it so: the one that maintains the tables and enqueues schedules.
-- $1 session uuid, $2 term interval
-- The term is short and renewed; a leader that stops, pauses or loses the database is followed by another when it ends.
-- Locks: the leader's row. Rows: one when the session leads, else none.
insert into job_leader as l (session_id, until)
select id, now() + $2 from worker_session where id = $1
on conflict (only_one) do update set session_id = excluded.session_id, until = excluded.until
    where l.session_id = excluded.session_id or l.until < now()
       or not exists (select from worker_session s where s.id = l.session_id)
returning session_id
