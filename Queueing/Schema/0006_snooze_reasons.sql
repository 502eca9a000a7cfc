-- works with builds from: 2
-- What a snoozed job waits for, so that it can go on when that is there. Older builds leave it as it is: a job that they
-- retry may go on early.
alter table job_ready add column snooze_reason text;

create index job_ready_snoozed on job_ready (snooze_reason) where delayed and snooze_reason is not null;
