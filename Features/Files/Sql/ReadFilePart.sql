-- $1 file, $2 number from 0. No row: the one before was the last.
select bytes from stored_file_part where file_id = $1 and number = $2
