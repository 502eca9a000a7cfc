-- $1 course, or null for the landing page.
select question from suggestion where course_id is not distinct from $1 order by position, id
