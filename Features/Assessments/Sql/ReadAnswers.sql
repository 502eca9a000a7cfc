-- $1 test, $2 learner. The latest answer to each question that has one.
select a.question_id, a.answer
from test_answer a
join test_question q on q.id = a.question_id
where q.test_id = $1 and a.learner_id = $2
order by a.question_id
