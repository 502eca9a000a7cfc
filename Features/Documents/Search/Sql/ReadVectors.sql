-- The vectors of a scope, to be compared outside of the server.
-- $1 documents uuid[], $2 model text, $3 dimensions integer
-- Locks: none. Rows: in any order.
select document_id, index, embedding from document_piece where document_id = any($1) and model = $2 and cardinality(embedding) = $3
