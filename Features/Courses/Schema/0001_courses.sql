-- What is taught, and what learners did with it. A learner is known by the id it signs in with; none has to be entered before.

create table learner (
    id          text        primary key,
    name        text        not null,
    created_at  timestamptz not null default now()
);

create table course (
    id          uuid        primary key,
    title       text        not null,
    summary     text        not null,
    level       text        not null check (level in ('beginner', 'intermediate', 'advanced')),
    hours       integer     not null check (hours > 0),
    position    integer     not null
);

-- A topic is a part of a course, in a module of it. What is taught is in the course's documents.
create table topic (
    id          uuid        primary key,
    course_id   uuid        not null references course on delete cascade,
    module_no   integer     not null check (module_no > 0),
    title       text        not null,
    summary     text        not null,
    position    integer     not null
);

create index topic_of_course on topic (course_id, position);

-- Questions with an answer written beforehand: of a course, or of the landing page where there is no course.
create table suggestion (
    id          uuid        primary key,
    course_id   uuid        references course on delete cascade,
    question    text        not null,
    answer      text        not null,
    position    integer     not null
);

create index suggestion_of_course on suggestion (course_id, position);

create table test (
    id          uuid        primary key,
    course_id   uuid        not null references course on delete cascade,
    title       text        not null
);

create table test_question (
    id          uuid        primary key,
    test_id     uuid        not null references test on delete cascade,
    topic_id    uuid        not null references topic on delete cascade,
    position    integer     not null,
    question    text        not null,
    choices     text[]      not null,
    answer      text        not null,
    check (answer = any (choices))
);

create index test_question_of_test on test_question (test_id, position);

-- A learner's latest answer to each question.
create table test_answer (
    learner_id  text        not null,
    question_id uuid        not null references test_question on delete cascade,
    answer      text        not null,
    answered_at timestamptz not null default now(),
    primary key (learner_id, question_id)
);

create table topic_progress (
    learner_id  text        not null,
    topic_id    uuid        not null references topic on delete cascade,
    percent     integer     not null check (percent between 0 and 100),
    updated_at  timestamptz not null default now(),
    primary key (learner_id, topic_id)
);

-- Lessons that were made for a learner. A job makes one, also when it is run again.
create table lesson (
    job_id      uuid        primary key,
    learner_id  text        not null,
    title       text        not null,
    subject     text        not null,
    topic       text        not null,
    content     jsonb       not null,
    created_at  timestamptz not null default now()
);

create index lesson_of_learner on lesson (learner_id, created_at desc);
