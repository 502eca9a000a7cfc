-- Ends the worker sessions that have not been heard of for $1. A server that started just now is given the same
-- time, so that its own outage doesn't end sessions that could not reach it.
-- $1 lease interval
-- Locks: the sessions' rows. Rows: the sessions ended.
delete from worker_session
where heartbeat_at < now() - $1::interval
  and pg_postmaster_start_time() < now() - $1::interval
returning id, host, process_id
