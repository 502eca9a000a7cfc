-- $1 id. For one that was saved a moment ago and that nothing came to know of.
delete from stored_file where id = $1 and expires_at is not null and job_id is null
