-- works with builds from: 1
alter table shelf add column height integer;
