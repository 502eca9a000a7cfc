-- $1 id.
select file_id, owner, user_prompt, job_id, created_at from card_session where id = $1
