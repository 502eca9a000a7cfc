-- $1 id, $2 owner, $3 name, $4 media type. Not to be seen until CompleteFile.
insert into stored_file (id, owner, name, media_type) values ($1, $2, $3, $4)
