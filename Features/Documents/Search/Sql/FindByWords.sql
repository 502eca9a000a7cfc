-- Pieces that have words of a question. A word counts by how often it stands in the piece, which ts_rank damps, and by how few pieces
-- of the scope have it: the ranks of PostgreSQL alone know nothing of the latter.
-- $1 documents uuid[], $2 words text[], each in quotes, $3 how many pieces the scope has bigint, $4 the most to find integer
-- Locks: none. Rows: the best first.
with found as materialized (
    select p.document_id, p.index, p.words
    from document_piece p
    where p.document_id = any($1::uuid[]) and p.words @@ array_to_string($2::text[], ' | ')::tsquery
), word as materialized (
    select unnest($2::text[])::tsquery as query
), hit as (
    select f.document_id, f.index, ts_rank(f.words, w.query) as frequency, count(*) over (partition by w.query) as pieces
    from word w
    join found f on f.words @@ w.query
)
select document_id, index, sum(frequency * ln(1 + (greatest($3::bigint, pieces) - pieces + 0.5) / (pieces + 0.5)))::double precision as score
from hit
group by document_id, index
order by score desc, document_id, index
limit $4
