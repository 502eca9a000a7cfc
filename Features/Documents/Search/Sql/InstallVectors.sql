-- Adds the extension to the database.
-- Locks: the catalog. Rows: none. Fails where the role may not add extensions.
create extension if not exists vector
