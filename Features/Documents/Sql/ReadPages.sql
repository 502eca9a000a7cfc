-- $1 document.
select number, text from document_page where document_id = $1 order by number
