-- $1 learner.
select (select count(*) from lesson where learner_id = $1),
       (select count(*) from topic_progress where learner_id = $1 and percent = 100),
       count(*),
       count(*) filter (where a.answer = q.answer)
from test_answer a
join test_question q on q.id = a.question_id
where a.learner_id = $1
