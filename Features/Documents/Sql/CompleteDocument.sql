-- $1 id, $2 pages, $3 pieces.
update document
set status = 'COMPLETED', error_type = null, error = null, pages = $2, pieces = $3, updated_at = now()
where id = $1
