-- What changes a learner's profile is told to every process that may have it in memory, when it is committed and only then.

create function tell_profile_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('profile_changed', case tg_table_name when 'learner' then to_jsonb(coalesce(new, old)) ->> 'id' else to_jsonb(coalesce(new, old)) ->> 'learner_id' end);
    return null;
end
$$;

create trigger profile_change after insert or update or delete on learner for each row execute function tell_profile_change();
create trigger profile_change after insert or update or delete on topic_progress for each row execute function tell_profile_change();
create trigger profile_change after insert or update or delete on test_answer for each row execute function tell_profile_change();
create trigger profile_change after insert or update or delete on lesson for each row execute function tell_profile_change();
