-- $1 test. Its questions, in order.
select t.title, t.course_id, q.id, q.question, q.choices, q.answer, p.id, p.title, p.summary, p.position
from test t
join test_question q on q.test_id = t.id
join topic p on p.id = q.topic_id
where t.id = $1
order by q.position, q.id
