-- $1 job, $2 learner, $3 title, $4 subject, $5 topic, $6 the lesson. A job that is run again writes its lesson anew.
insert into lesson (job_id, learner_id, title, subject, topic, content)
values ($1, $2, $3, $4, $5, $6)
on conflict (job_id) do update set title = excluded.title, content = excluded.content
