-- $1 id, $2 job. No row: the file isn't there any more.
update stored_file set job_id = $2 where id = $1 and length is not null and expires_at > now()
