-- $1 learner, $2 job that made it.
select content from lesson where learner_id = $1 and job_id = $2
