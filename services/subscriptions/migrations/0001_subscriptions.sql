-- Plans themselves are data (marketplaces/<id>/plans.yaml). Here stands who has which, and what is owed for it.

-- Whose a store is. Learned from the store's events.
create table store_owner (
  marketplace_id text not null,
  store_id uuid not null,
  member_id uuid not null,
  primary key (marketplace_id, store_id)
);
select plaza.protect('subscriptions.store_owner');

-- The plan an owner is entitled to now. No row: the free one. `version` counts the changes others were told of.
create table owner_plan (
  marketplace_id text not null,
  owner_kind text not null check (owner_kind in ('store', 'member')),
  owner_id uuid not null,
  plan_id text not null,
  version bigint not null,
  primary key (marketplace_id, owner_kind, owner_id)
);
select plaza.protect('subscriptions.owner_plan');

-- `segments`, `billed_minor`: which prices the period has had and what of it was billed (domain/proration.ts).
-- `period_index`: the period's number from the anchor, -1 in a trial.
create table subscription (
  marketplace_id text not null,
  id uuid not null,
  owner_kind text not null check (owner_kind in ('store', 'member')),
  owner_id uuid not null,
  payer_member_id uuid not null,
  state text not null check (state in ('trialing', 'active', 'past_due', 'canceled', 'ended')),
  plan_id text not null,
  plan_interval text not null check (plan_interval in ('month', 'year')),
  next_plan_id text,
  next_interval text check (next_interval in ('month', 'year')),
  currency text not null,
  anchor_time timestamptz not null,
  period_index int not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  trial_end_time timestamptz,
  is_trial_told boolean not null default false,
  segments jsonb not null,
  billed_minor bigint not null check (billed_minor >= 0),
  is_lapsed boolean not null,
  grace_end_time timestamptz,
  created_time timestamptz not null,
  ended_time timestamptz,
  version int not null default 1,
  primary key (marketplace_id, id),
  constraint subscription_period check (period_end > period_start)
);
-- One that runs for each owner.
create unique index subscription_running on subscription (marketplace_id, owner_kind, owner_id) where state <> 'ended';
create index subscription_owner on subscription (marketplace_id, owner_kind, owner_id, id desc);
create index subscription_due on subscription (marketplace_id, period_end) where state in ('trialing', 'active', 'canceled');
create index subscription_grace on subscription (marketplace_id, grace_end_time) where state = 'past_due' and not is_lapsed;
create index subscription_state on subscription (marketplace_id, state, id desc);
select plaza.protect('subscriptions.subscription');

-- `key`: what it bills, once: `start`, `period:<begin>`, `change:<version>`, `final`. `terms`: what a change writes
-- once it is paid. `attempt`: the try that is under way or comes next.
create table invoice (
  marketplace_id text not null,
  id uuid not null,
  subscription_id uuid not null,
  key text not null,
  kind text not null check (kind in ('start', 'renewal', 'change', 'final')),
  number text not null,
  state text not null check (state in ('open', 'paid', 'void', 'uncollectible')),
  currency text not null,
  lines jsonb not null,
  subtotal_minor bigint not null,
  tax jsonb,
  tax_minor bigint not null,
  total_minor bigint not null,
  terms jsonb,
  attempt int not null default 1,
  failures int not null default 0,
  first_fail_time timestamptz,
  payment_id uuid,
  action_url text,
  decline_code text,
  next_attempt_time timestamptz,
  give_up_time timestamptz,
  created_time timestamptz not null,
  paid_time timestamptz,
  primary key (marketplace_id, id),
  foreign key (marketplace_id, subscription_id) references subscription (marketplace_id, id),
  constraint invoice_key unique (marketplace_id, subscription_id, key),
  constraint invoice_number unique (marketplace_id, number),
  constraint invoice_amounts check (subtotal_minor >= 0 and tax_minor between 0 and total_minor)
);
create index invoice_due on invoice (marketplace_id, next_attempt_time) where state = 'open';
create index invoice_give_up on invoice (marketplace_id, give_up_time) where state = 'open';
create index invoice_paid on invoice (marketplace_id, paid_time) where state = 'paid';
select plaza.protect('subscriptions.invoice');

-- The last number given in a year: numbers have no gaps, because the counter commits with its invoice.
create table invoice_counter (
  marketplace_id text not null,
  year int not null,
  last_number int not null,
  primary key (marketplace_id, year)
);
select plaza.protect('subscriptions.invoice_counter');

-- What was used, as it was reported. A report belongs to the period that ran when it was taken.
create table usage_report (
  marketplace_id text not null,
  subscription_id uuid not null,
  meter text not null,
  key text not null,
  period_start timestamptz not null,
  quantity bigint not null check (quantity >= 0),
  reported_time timestamptz not null,
  primary key (marketplace_id, subscription_id, meter, key),
  foreign key (marketplace_id, subscription_id) references subscription (marketplace_id, id)
);
create index usage_report_period on usage_report (marketplace_id, subscription_id, period_start);
select plaza.protect('subscriptions.usage_report');
select plaza.append_only('subscriptions.usage_report');
