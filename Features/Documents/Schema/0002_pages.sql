-- The text of a document, page by page, as it was read: what cards are made of. Its pieces overlap, pages don't.

create table document_page (
    document_id uuid    not null references document on delete cascade,
    number      integer not null,
    text        text    not null,
    primary key (document_id, number)
);

create index document_of_file on document (file_id);
