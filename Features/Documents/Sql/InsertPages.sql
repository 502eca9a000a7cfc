-- $1 document, $2 numbers, $3 texts.
insert into document_page (document_id, number, text) select $1, * from unnest($2::integer[], $3::text[])
