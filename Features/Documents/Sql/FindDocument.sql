-- $1 id.
select id, owner, course_id, title, file_id, status, error_type, error, pages, pieces, job_id, created_at, updated_at
from document
where id = $1
