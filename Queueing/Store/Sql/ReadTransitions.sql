-- What happened to a job between its beginning and its end, in order: see 0004_transitions.sql.
-- $1 job uuid
-- Locks: none. Rows: one a transition.
select seq, attempt, event, run_at, error from job_transition where job_id = $1 order by seq
