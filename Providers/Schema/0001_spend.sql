-- What calls of paid providers cost, and what they may. Days are of UTC. A scope is 'fleet', 'owner:' and an owner, or 'type:'
-- and a job type; amounts are in the currency that prices are configured in.

-- One row a call that was paid for, or may be: reserved at its estimate before it is made, settled to its cost after it.
create table spend (
    id            uuid           primary key,
    reserved_at   timestamptz    not null default now(),
    expires_at    timestamptz,                       -- not settled by then, it has cost its estimate; null once settled
    job_id        uuid,                              -- null outside of jobs
    input_tokens  bigint,
    output_tokens bigint,
    day           date           not null default (now() at time zone 'UTC')::date,
    attempt       smallint,
    owner         text           not null,
    job_type      text           not null,
    provider      text           not null,
    model         text           not null,
    estimate      numeric(20,10) not null,
    cost          numeric(20,10),                    -- null while it is open
    constraint open_expires check ((cost is null) = (expires_at is not null)),
    constraint not_negative check (estimate >= 0 and cost >= 0)
);

create index spend_open on spend (expires_at) where cost is null;
create index spend_day on spend (day);
create index spend_job on spend (job_id) where job_id is not null;

-- What counts against limits: settled costs and open estimates. It is spend_total plus the sum of spend_delta. Reserving locks
-- the totals of the scopes that have a limit; settling appends deltas and waits for nobody; they are folded now and then.
create table spend_total (
    day    date           not null,
    scope  text           not null,
    amount numeric(20,10) not null,
    primary key (day, scope)
);

create table spend_delta (
    day    date           not null,
    scope  text           not null,
    amount numeric(20,10) not null
);

-- Limits a day. 'owner:*' holds for each owner that has none of its own.
create table budget (
    scope      text           primary key,
    soft       numeric(20,10),                       -- above it somebody is alerted, and cheaper models are taken
    hard       numeric(20,10),                       -- above it nothing is called
    changed_at timestamptz    not null default now(),
    changed_by text           not null,
    constraint limits_in_order check (soft <= hard and soft >= 0 and hard >= 0)
);

-- One row while nothing that costs may be called.
create table budget_stop (
    only_one   boolean     primary key default true check (only_one),
    stopped_at timestamptz not null default now(),
    stopped_by text        not null
);

create function spend_scopes(owner text, job_type text) returns text[]
language sql immutable parallel safe as $$
    select array['fleet', 'owner:' || owner, 'type:' || job_type]
$$;

-- What counts against a scope's limits on a day.
create function spent_on(on_day date, of_scope text) returns numeric
language sql stable as $$
    select coalesce((select amount from spend_total where day = on_day and scope = of_scope), 0)
         + coalesce((select sum(amount) from spend_delta where day = on_day and scope = of_scope), 0)
$$;

-- The limits that hold for a scope: its own, or those of any owner.
create function budget_of(of_scope text) returns budget
language sql stable as $$
    select b.* from budget b
    where b.scope = of_scope or (b.scope = 'owner:*' and of_scope like 'owner:%')
    order by b.scope = 'owner:*'
    limit 1
$$;

-- Reserves the estimate of a call, unless that would be above a limit. Gives the scope that is spent, or 'stop', and its limit;
-- no row when it is reserved.
-- The totals are locked in the order of their names, so that two calls don't wait in a circle, and read by a later statement,
-- which sees what was committed before the locks were given.
create function reserve_spend(
    spend_id uuid, of_job uuid, of_attempt smallint, of_owner text, of_type text, of_provider text, of_model text, amount_wanted numeric, lifetime interval
) returns table (refused_scope text, limit_amount numeric)
language plpgsql as $$
declare
    today  date   := (now() at time zone 'UTC')::date;
    scopes text[] := spend_scopes(of_owner, of_type);
    held   text[];
begin
    if exists (select from budget_stop) then
        return query select 'stop', null::numeric;
        return;
    end if;

    select coalesce(array_agg(s), '{}') into held from unnest(scopes) s where (budget_of(s)).hard is not null;
    insert into spend_total (day, scope, amount) select today, s, 0 from unnest(held) s order by s on conflict do nothing;
    perform from spend_total where day = today and scope = any (held) order by scope for update;

    return query
        select s, (budget_of(s)).hard from unnest(held) s
        where spent_on(today, s) + amount_wanted > (budget_of(s)).hard
        order by s limit 1;
    if found then
        return;
    end if;

    insert into spend (id, day, job_id, attempt, owner, job_type, provider, model, estimate, expires_at)
    values (spend_id, today, of_job, of_attempt, of_owner, of_type, of_provider, of_model, amount_wanted, now() + lifetime);
    update spend_total set amount = amount + amount_wanted where day = today and scope = any (held);
    insert into spend_delta (day, scope, amount) select today, s, amount_wanted from unnest(scopes) s where s <> all (held);
end $$;
