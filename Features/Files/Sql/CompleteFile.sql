-- $1 id, $2 length in bytes, $3 SHA-256. No row: it took so long that it has expired.
update stored_file set length = $2, sha256 = $3 where id = $1
