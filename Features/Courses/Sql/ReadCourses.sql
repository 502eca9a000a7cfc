-- $1 course, or null for all of them. Topics as JSON, so that one statement reads it all.
select c.id, c.title, c.summary, c.level, c.hours,
       coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'moduleNo', t.module_no, 'title', t.title, 'summary', t.summary) order by t.position)
                 from topic t where t.course_id = c.id), '[]')
from course c
where $1::uuid is null or c.id = $1
order by c.position, c.id
