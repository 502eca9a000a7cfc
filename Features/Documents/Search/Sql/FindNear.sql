-- Pieces whose vectors are nearest to one, where the server compares vectors: see the function.
-- $1 documents uuid[], $2 model text, $3 vector real[], $4 up to how many pieces are all compared bigint, $5 the most to find integer
-- Locks: none. Rows: the nearest first.
select document_id, index, likeness from near_pieces($1, $2, $3, $4, $5)
