-- $1 how many at most. The hour is for transactions that kept a file in its last moment and aren't committed yet.
select id, job_id from stored_file where expires_at < now() - interval '1 hour' order by expires_at limit $1
