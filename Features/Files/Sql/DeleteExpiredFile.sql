-- $1 id. No row: it is kept after all, or gone.
delete from stored_file where id = $1 and expires_at < now()
