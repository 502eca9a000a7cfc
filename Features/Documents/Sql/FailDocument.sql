-- $1 id, $2 type, $3 message.
update document set status = 'FAILED', error_type = $2, error = $3, updated_at = now() where id = $1
