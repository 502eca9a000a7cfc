-- $1 learner. The courses that were begun, with all of their topics: those that weren't begun are at 0.
select c.id, c.title, round(avg(coalesce(p.percent, 0)))::integer,
       jsonb_agg(jsonb_build_object('topicId', t.id, 'title', t.title, 'percent', coalesce(p.percent, 0)) order by t.position)
from course c
join topic t on t.course_id = c.id
left join topic_progress p on p.topic_id = t.id and p.learner_id = $1
group by c.id
having count(p.topic_id) > 0
order by c.position, c.id
