-- $1 the courses, tests and learner of samples.json. What is there already stays as it is.
with given as (select $1::jsonb as data),
courses as (
    insert into course (id, title, summary, level, hours, position)
    select (c ->> 'id')::uuid, c ->> 'title', c ->> 'summary', c ->> 'level', (c ->> 'hours')::integer, n
    from given, jsonb_array_elements(data -> 'courses') with ordinality as of_course (c, n)
    on conflict do nothing
),
topics as (
    insert into topic (id, course_id, module_no, title, summary, position)
    select (t ->> 'id')::uuid, (c ->> 'id')::uuid, (t ->> 'moduleNo')::integer, t ->> 'title', t ->> 'summary', n
    from given, jsonb_array_elements(data -> 'courses') as c, jsonb_array_elements(c -> 'topics') with ordinality as of_topic (t, n)
    on conflict do nothing
),
suggestions as (
    insert into suggestion (id, course_id, question, answer, position)
    select (s ->> 'id')::uuid, null, s ->> 'question', s ->> 'answer', n
    from given, jsonb_array_elements(data -> 'suggestions') with ordinality as of_page (s, n)
    union all
    select (s ->> 'id')::uuid, (c ->> 'id')::uuid, s ->> 'question', s ->> 'answer', n
    from given, jsonb_array_elements(data -> 'courses') as c, jsonb_array_elements(c -> 'suggestions') with ordinality as of_course (s, n)
    on conflict do nothing
),
tests as (
    insert into test (id, course_id, title)
    select (t ->> 'id')::uuid, (c ->> 'id')::uuid, t ->> 'title'
    from given, jsonb_array_elements(data -> 'courses') as c, jsonb_array_elements(c -> 'tests') as t
    on conflict do nothing
),
questions as (
    insert into test_question (id, test_id, topic_id, position, question, choices, answer)
    select (q ->> 'id')::uuid, (t ->> 'id')::uuid, (q ->> 'topicId')::uuid, n, q ->> 'question',
           array(select jsonb_array_elements_text(q -> 'choices')), q ->> 'answer'
    from given, jsonb_array_elements(data -> 'courses') as c, jsonb_array_elements(c -> 'tests') as t,
         jsonb_array_elements(t -> 'questions') with ordinality as of_test (q, n)
    on conflict do nothing
),
learners as (
    insert into learner (id, name) select data -> 'learner' ->> 'id', data -> 'learner' ->> 'name' from given on conflict do nothing
),
progress as (
    insert into topic_progress (learner_id, topic_id, percent)
    select data -> 'learner' ->> 'id', (p ->> 'topicId')::uuid, (p ->> 'percent')::integer
    from given, jsonb_array_elements(data -> 'learner' -> 'progress') as p
    on conflict do nothing
)
insert into test_answer (learner_id, question_id, answer)
select data -> 'learner' ->> 'id', (a ->> 'questionId')::uuid, a ->> 'answer'
from given, jsonb_array_elements(data -> 'learner' -> 'answers') as a
on conflict do nothing
