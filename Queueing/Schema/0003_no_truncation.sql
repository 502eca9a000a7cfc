-- works with builds from: 2
-- Vacuum gives a table's empty end back under an exclusive lock, for which claims and enqueues wait. These tables grow into
-- it again at once. What really is too large is rewritten, see HotTableKeeper.

alter table job_ready set (vacuum_truncate = off);
alter table job_count_delta set (vacuum_truncate = off);
