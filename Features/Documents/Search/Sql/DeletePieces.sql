-- Deletes a document's pieces.
-- $1 document uuid
-- Locks: the pieces; the document is locked before. Rows: how many there were.
delete from document_piece where document_id = $1
