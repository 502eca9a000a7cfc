-- $1 id, $2 owner, $3 course or null, $4 title, $5 file, $6 job.
insert into document (id, owner, course_id, title, file_id, status, job_id)
values ($1, $2, $3, $4, $5, 'PENDING', $6)
