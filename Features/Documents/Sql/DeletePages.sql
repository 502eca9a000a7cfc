-- $1 document.
delete from document_page where document_id = $1
