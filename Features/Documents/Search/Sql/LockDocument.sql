-- Holds a document, so that its pieces are replaced by one transaction at a time.
-- $1 document uuid
-- Locks: the document's row. Rows: one, or none where there is no such document.
select id from document where id = $1 for no key update
