-- $1 course, or null for the landing page, $2 question as it was asked. Case, marks and spaces at the ends don't count.
select answer
from suggestion
where course_id is not distinct from $1
  and lower(btrim(question, E' \t\r\n?!.')) = lower(btrim($2, E' \t\r\n?!.'))
order by position
limit 1
