-- $1 learner, $2 questions, $3 answers to them.
insert into test_answer (learner_id, question_id, answer)
select $1, * from unnest($2::uuid[], $3::text[])
on conflict (learner_id, question_id) do update set answer = excluded.answer, answered_at = now()
