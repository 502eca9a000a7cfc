-- $1 learner, $2 topic, $3 percent. No row: there is no such topic.
insert into topic_progress (learner_id, topic_id, percent)
select $1, id, $3 from topic where id = $2
on conflict (learner_id, topic_id) do update set percent = excluded.percent, updated_at = now()
