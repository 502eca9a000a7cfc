-- $1 job.
select id, owner, name, media_type, length, sha256 from stored_file where job_id = $1 and length is not null
