-- $1 learner, $2 name.
insert into learner (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name
