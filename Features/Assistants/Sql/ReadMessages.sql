-- $1 session, $2 how many at most: the latest, oldest first. A question comes before its answer, which was written with it.
select role, text, sources, created_at
from (select role, text, sources, created_at
      from assistant_message
      where session_id = $1
      order by created_at desc, role
      limit $2) latest
order by created_at, role desc
