-- $1 id, $2 file, $3 owner, $4 prompt or null, $5 job.
insert into card_session (id, file_id, owner, user_prompt, job_id) values ($1, $2, $3, $4, $5)
