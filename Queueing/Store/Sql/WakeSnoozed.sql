-- Makes due what was snoozed for a reason. One that somebody else is just writing is due, or ended, by that.
-- $1 reason text
-- Locks: the job_ready rows. Rows: none; the count of those updated says how many.
update job_ready
set run_at = now()
where job_id in (select job_id from job_ready where delayed and snooze_reason = $1 for update skip locked)
