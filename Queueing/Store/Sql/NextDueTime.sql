-- How long it is until the next delayed job is due.
-- Locks: none. Rows: one, null when none is delayed.
select min(run_at) - now() from job_ready where delayed and isfinite(run_at)
