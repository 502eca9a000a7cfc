-- $1 id. It has done its service, and goes with the next purge.
update stored_file set expires_at = least(expires_at, now()) where id = $1
