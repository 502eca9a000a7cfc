-- Models whose vectors have no index, by the statements that make one: an index holds for one number of dimensions, at most 2,000, and an
-- index that a cut left invalid has to go first.
-- Locks: none. Rows: one each: the statement that drops, the statement that creates.
with made as (
    select distinct first.model, first.dimensions, 'document_piece_near_' || left(md5(first.dimensions || ':' || first.model), 16) as name
    from document d
    cross join lateral (
        select p.model, cardinality(p.embedding) as dimensions from document_piece p where p.document_id = d.id limit 1) as first
)
select
    format('drop index concurrently if exists %I', made.name),
    format(
        'create index concurrently %1$I on document_piece using hnsw ((embedding::vector(%2$s)) vector_cosine_ops) where model = %3$L and cardinality(embedding) = %2$s',
        made.name, made.dimensions, made.model)
from made
left join pg_index i on i.indexrelid = to_regclass(quote_ident(made.name))
where made.dimensions <= 2000 and i.indisvalid is not true
