-- $1 learner, $2 how many at most. The newest first.
select job_id, title, subject, topic, created_at from lesson where learner_id = $1 order by created_at desc, job_id desc limit $2
