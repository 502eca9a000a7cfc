create table shelf (name text primary key);
