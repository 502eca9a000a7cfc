-- $1 id, $2 owner, $3 course. No row: there is one already.
insert into assistant_session (id, owner, course_id) values ($1, $2, $3) on conflict do nothing
