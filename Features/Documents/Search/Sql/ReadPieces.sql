-- What was found.
-- $1 documents uuid[], $2 their pieces' indexes integer[], in the order of what was found
-- Locks: none. Rows: one each, in any order; none for a piece that was replaced meanwhile.
select p.document_id, p.index, d.title, p.first_page, p.last_page, p.text
from unnest($1::uuid[], $2::integer[]) as found (document_id, index)
join document_piece p using (document_id, index)
join document d on d.id = p.document_id
