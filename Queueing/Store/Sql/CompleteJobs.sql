-- Records that attempts ended well. Fenced: job, attempt, session and the claim's time must be those of the row.
-- $1 jobs uuid[], $2 attempts smallint[], $3 sessions uuid[], $4 results json[], $5 usages json[], $6 claimed at
-- timestamptz[]: a job that is handed back has its attempt's number again at the next claim, and its session may be the same,
-- $7 lengths of the texts that they wrote integer[], $8 the jobs whose results they are, where they are others', uuid[]
-- `is not distinct from` means `=`, but only the primary key can be gone by: the index on session_id would give each job
-- all others of its worker.
-- Locks: the job_ready rows. Rows: the recorded jobs with their event's seq; of a job whose lease was lost there is none,
-- and nothing was written.
with ended as materialized (
    select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::json[], $5::json[], $6::timestamptz[], $7::integer[], $8::uuid[])
        as e (job_id, attempt, session_id, result, usage, claimed_at, text_length, reused_from)
), finished as (
    delete from job_ready r
    using ended e
    where r.job_id = e.job_id and r.attempt = e.attempt and r.session_id is not distinct from e.session_id
      and r.started_at = e.claimed_at
    returning r.job_id, r.attempt, r.seq + 1 as seq, r.started_at, r.queue, e.result, e.usage, e.text_length, e.reused_from
), outcome as (
    insert into job_outcome (job_id, state, attempt, seq, started_at, queue, result, usage, text_length, reused_from)
    select job_id, 'completed', attempt, seq, started_at, queue, result, usage, text_length, reused_from from finished
), counted as (
    insert into job_count_delta (queue, active, completed)
    select queue, -count(*), count(*) from finished group by queue
)
select job_id, seq from finished
