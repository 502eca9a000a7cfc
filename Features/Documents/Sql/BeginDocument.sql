-- $1 id. A document that is done stays so while an attempt reads it again; one that had failed is tried again.
update document
set status = 'PROCESSING', error_type = null, error = null, updated_at = now()
where id = $1 and status <> 'COMPLETED'
