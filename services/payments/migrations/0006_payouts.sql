-- Payouts of stores and members by schedule, approval, batch and attempt; and what was known when each was decided.

alter table payout no force row level security;
alter table payout drop constraint payout_state_check;
alter table payout rename column store_id to owner_id;
alter table payout rename column seller_member_id to member_id;
alter table payout
  add column owner_kind text not null default 'store' check (owner_kind in ('store', 'member')),
  add column payout_account_id uuid, -- none: asked for before there were payout accounts
  add column provider text not null default 'simulated-bank',
  add column provider_reference text,
  add column batch_id uuid,
  add column attempt int not null default 1,
  add column retry_of uuid,
  add column approval_reasons text[] not null default '{}',
  add column sent_time timestamptz,
  add column next_ask_time timestamptz,
  add column next_retry_time timestamptz;
-- The simulated bank has what was under way already.
update payout set state = 'sent', sent_time = created_time, next_ask_time = created_time where state = 'requested';
alter table payout
  drop column bank_reference,
  alter column owner_kind drop default,
  alter column provider drop default,
  add constraint payout_state_check check (
    state in ('awaiting_approval', 'requested', 'sending', 'sent', 'paid', 'failed', 'canceled')
  );
alter table payout force row level security;
-- A payout that failed is followed by one other, however often that is asked for.
create unique index payout_retry on payout (marketplace_id, retry_of) where retry_of is not null;
drop index payout_requested;
create index payout_waiting on payout (marketplace_id, state, created_time) where state in ('awaiting_approval', 'requested');
create index payout_batch_lines on payout (marketplace_id, batch_id, id) where batch_id is not null;
create index payout_to_ask on payout (marketplace_id, next_ask_time) where state = 'sent' and next_ask_time is not null;
create index payout_to_retry on payout (marketplace_id, next_retry_time) where next_retry_time is not null;
drop index payout_store;
create index payout_owner on payout (marketplace_id, owner_kind, owner_id, id desc);

create table payout_schedule (
  marketplace_id text not null,
  owner_kind text not null check (owner_kind in ('store', 'member')),
  owner_id uuid not null,
  currency text not null,
  cadence text not null check (cadence in ('manual', 'daily', 'weekly', 'monthly')),
  weekday smallint check (weekday between 1 and 7),
  threshold_minor bigint not null default 0 check (threshold_minor >= 0),
  next_time timestamptz,
  primary key (marketplace_id, owner_kind, owner_id, currency),
  constraint payout_schedule_weekday check ((cadence = 'weekly') = (weekday is not null)),
  constraint payout_schedule_next check ((cadence = 'manual') = (next_time is null))
);
create index payout_schedule_due on payout_schedule (marketplace_id, next_time) where next_time is not null;
select plaza.protect('payments.payout_schedule');

-- Payouts of one provider and currency that are handed over together. `next_send_time`: when we (again) do so ourselves.
create table payout_batch (
  marketplace_id text not null,
  id uuid not null,
  provider text not null,
  currency text not null,
  state text not null default 'created' check (state in ('created', 'sent', 'settled', 'part_failed')),
  payout_count int not null check (payout_count > 0),
  sum_minor bigint not null check (sum_minor > 0),
  sends int not null default 0,
  next_send_time timestamptz,
  created_time timestamptz not null,
  sent_time timestamptz,
  closed_time timestamptz,
  primary key (marketplace_id, id)
);
create index payout_batch_due on payout_batch (marketplace_id, next_send_time) where state = 'created' and next_send_time is not null;
select plaza.protect('payments.payout_batch');

-- What was done with a payout, by whom, and what was known then.
create table payout_record (
  marketplace_id text not null,
  id uuid not null,
  payout_id uuid not null,
  kind text not null,
  actor jsonb not null,
  details jsonb not null,
  created_time timestamptz not null,
  primary key (marketplace_id, id)
);
create index payout_record_of on payout_record (marketplace_id, payout_id, id);
select plaza.protect('payments.payout_record');
select plaza.append_only('payments.payout_record');
