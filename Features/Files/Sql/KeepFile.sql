-- $1 id. No row: there is none any more. One that has expired may be on its way out.
update stored_file set expires_at = null where id = $1 and length is not null and (expires_at is null or expires_at > now())
