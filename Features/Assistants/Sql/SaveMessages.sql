-- $1 session, $2 job, $3 question, $4 answer, $5 sources or null.
insert into assistant_message (session_id, job_id, role, text, sources)
values ($1, $2, 'user', $3, null), ($1, $2, 'assistant', $4, $5)
on conflict do nothing
