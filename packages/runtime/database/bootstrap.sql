-- What every service's schema stands on. Runs at each migration, as the owner; safe to repeat.
create schema if not exists plaza;

-- Rows of a protected table are seen only by a session that named their marketplace:
-- a query that forgets it returns nothing. Forced, so that the owner does not see past it by accident.
create or replace function plaza.protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists marketplace on %s', target);
  execute format(
    'create policy marketplace on %s using (marketplace_id = current_setting(''plaza.marketplace_id'', true)) '
    'with check (marketplace_id = current_setting(''plaza.marketplace_id'', true))', target);
end $$;

-- The same for the tables of the runtime itself, which its relay and its sweeps read across marketplaces.
create or replace function plaza.protect_infrastructure(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists marketplace on %s', target);
  execute format(
    'create policy marketplace on %s using (marketplace_id = current_setting(''plaza.marketplace_id'', true) '
    'or current_setting(''plaza.system'', true) = ''on'')', target);
end $$;

-- History is written once: no session, the owner's included, may change or remove a row.
create or replace function plaza.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of %.% are never changed or removed', tg_table_schema, tg_table_name
    using errcode = 'integrity_constraint_violation';
end $$;

create or replace function plaza.append_only(target regclass) returns void language plpgsql as $$
begin
  execute format('drop trigger if exists append_only on %s', target);
  execute format('create trigger append_only before update or delete on %s for each row execute function plaza.refuse_change()', target);
  execute format('drop trigger if exists append_only_truncate on %s', target);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function plaza.refuse_change()', target);
end $$;

-- Fails a statement, and its transaction with it, unless something is so. For writes that are sent together, where nobody
-- waits to see what each of them found.
create or replace function plaza.must(is_so boolean, what text) returns void language plpgsql as $$
begin
  if is_so is not true then
    raise exception 'it is not so: %', what using errcode = 'integrity_constraint_violation', constraint = what;
  end if;
end $$;

-- The runtime's own tables in a service's schema: events to send, events seen, answers to repeat, timers' leases. Old rows are
-- swept by time once an hour: the brin indexes for that cost a write nothing.
create or replace function plaza.install(schema_name text) returns void language plpgsql as $$
begin
  execute format($ddl$
    create table if not exists %1$I.outbox (
      id bigint generated always as identity primary key,
      marketplace_id text not null,
      envelope json not null, -- written and read whole: json costs a third of jsonb
      attempts int not null default 0,
      next_attempt_time timestamptz not null default now()
    );
    create index if not exists outbox_due on %1$I.outbox (next_attempt_time, id);
    create table if not exists %1$I.inbox (
      marketplace_id text not null,
      consumer text not null,
      event_id uuid not null,
      handled_time timestamptz not null default now(),
      primary key (event_id, consumer)
    );
    drop index if exists %1$I.inbox_age;
    create index if not exists inbox_time on %1$I.inbox using brin (handled_time);
    create table if not exists %1$I.idempotency_key (
      marketplace_id text not null,
      scope text not null,
      key text not null,
      fingerprint bytea not null,
      answer json, -- as the outbox's envelope
      locked_until timestamptz,
      created_time timestamptz not null default now(),
      primary key (marketplace_id, scope, key)
    );
    drop index if exists %1$I.idempotency_key_age;
    create index if not exists idempotency_key_time on %1$I.idempotency_key using brin (created_time);
    create table if not exists %1$I.timer_lease (
      name text primary key,
      locked_until timestamptz not null
    );
  $ddl$, schema_name);
  -- Installations made before version 0.1.0 was done have jsonb there.
  if exists (select from pg_attribute where attrelid = format('%I.outbox', schema_name)::regclass
      and attname = 'envelope' and atttypid = 'jsonb'::regtype) then
    execute format('alter table %I.outbox alter column envelope type json', schema_name);
  end if;
  if exists (select from pg_attribute where attrelid = format('%I.idempotency_key', schema_name)::regclass
      and attname = 'answer' and atttypid = 'jsonb'::regtype) then
    execute format('alter table %I.idempotency_key alter column answer type json', schema_name);
  end if;
  -- An answer of some kilobytes is written as it is: compressing it would take longer than writing it.
  execute format('alter table %I.idempotency_key set (toast_tuple_target = 8160)', schema_name);
  perform plaza.protect_infrastructure(format('%I.outbox', schema_name)::regclass);
  perform plaza.protect_infrastructure(format('%I.inbox', schema_name)::regclass);
  perform plaza.protect_infrastructure(format('%I.idempotency_key', schema_name)::regclass);
end $$;
