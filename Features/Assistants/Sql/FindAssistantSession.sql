-- $1 id.
select owner, course_id from assistant_session where id = $1
