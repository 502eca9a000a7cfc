-- $1 learner. No row: nothing is known but the id.
select name, created_at from learner where id = $1
