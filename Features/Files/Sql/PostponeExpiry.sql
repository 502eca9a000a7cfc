-- $1 id. For a file whose job hasn't ended.
update stored_file set expires_at = now() + interval '1 day' where id = $1 and expires_at is not null
