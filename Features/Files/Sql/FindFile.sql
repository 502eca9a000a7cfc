-- $1 id. A file that isn't all there is none, and neither is one that has expired; a job's is there until it is deleted.
select id, owner, name, media_type, length, sha256
from stored_file
where id = $1 and length is not null and (expires_at is null or expires_at > now() or job_id is not null)
