-- A file that a job was made for is there until the job has ended, also where that waits for days.

alter table stored_file add column job_id uuid;

create unique index stored_file_job on stored_file (job_id) where job_id is not null;
