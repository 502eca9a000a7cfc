-- $1 file, $2 number from 0, $3 bytes.
insert into stored_file_part (file_id, number, bytes) values ($1, $2, $3)
