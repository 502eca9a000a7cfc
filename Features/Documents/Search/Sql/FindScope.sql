-- What a question is asked of.
-- $1 document uuid, $2 course uuid, $3 owner text: two of them null; $4 the question text
-- Locks: none. Rows: one: the documents that can be searched, how many pieces they have together, the question's words as the
-- index has them, each in quotes, and whether the server compares vectors.
select
    coalesce(array_agg(d.id), '{}'),
    coalesce(sum(d.pieces), 0)::bigint,
    (select coalesce(array_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''), '{}') from unnest(to_tsvector('english', $4))),
    to_regtype('vector') is not null
from document d
where d.status = 'COMPLETED' and num_nonnulls($1::uuid, $2::uuid, $3::text) = 1
    and ($1 is null or d.id = $1) and ($2 is null or d.course_id = $2) and ($3 is null or d.owner = $3)
