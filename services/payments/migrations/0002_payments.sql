-- Payments, the escrow of their orders, refunds and payouts. What money moved is said by the ledger; these tables say
-- why, and bound it: the checks below are the last judge of "never more than was paid".

create table payment (
  marketplace_id text not null,
  id uuid not null,
  checkout_id uuid not null,
  attempt int not null,
  order_id uuid,
  state text not null,
  amount_minor bigint not null,
  currency text not null,
  refunded_minor bigint not null default 0,
  provider text not null,
  provider_reference text,
  method_kind text not null,
  method_brand text,
  method_last4 text check (length(method_last4) <= 4),
  action_url text,
  return_url text not null,
  decline_code text,
  payer_member_id uuid,
  allocations jsonb,
  created_time timestamptz not null,
  captured_time timestamptz,
  version int not null default 1,
  primary key (marketplace_id, id),
  constraint payment_attempt unique (marketplace_id, checkout_id, attempt),
  constraint payment_refunded_at_most_paid check (refunded_minor between 0 and amount_minor)
);
-- Few rows: a captured payment waits here for milliseconds, until its order holds it.
create index payment_without_order on payment (marketplace_id, captured_time) where state = 'captured' and order_id is null;
select plaza.protect('payments.payment');

-- The money of one shipment group. `…_left_minor`: what refunds have not taken.
create table hold (
  marketplace_id text not null,
  group_id uuid not null,
  order_id uuid not null,
  payment_id uuid not null,
  store_id uuid not null,
  seller_member_id uuid not null,
  state text not null default 'held' check (state in ('held', 'released', 'refunded')),
  currency text not null,
  total_minor bigint not null,
  commission_minor bigint not null,
  tax_minor bigint not null,
  funded_minor bigint not null,
  buyer_left_minor bigint not null,
  commission_left_minor bigint not null,
  tax_left_minor bigint not null,
  funded_left_minor bigint not null,
  created_time timestamptz not null,
  released_time timestamptz,
  primary key (marketplace_id, group_id),
  foreign key (marketplace_id, payment_id) references payment (marketplace_id, id),
  constraint hold_parts check (
    buyer_left_minor between 0 and total_minor and funded_left_minor between 0 and funded_minor
    and commission_left_minor between 0 and commission_minor and tax_left_minor between 0 and tax_minor
    and commission_left_minor + tax_left_minor <= buyer_left_minor + funded_left_minor
  )
);
create index hold_order on hold (marketplace_id, order_id);
select plaza.protect('payments.hold');

create table refund (
  marketplace_id text not null,
  id uuid not null,
  payment_id uuid not null,
  group_id uuid,
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  state text not null check (state in ('pending', 'succeeded')),
  reason text not null,
  created_time timestamptz not null,
  primary key (marketplace_id, id),
  foreign key (marketplace_id, payment_id) references payment (marketplace_id, id)
);
create index refund_pending on refund (marketplace_id, created_time) where state = 'pending';
select plaza.protect('payments.refund');

-- Webhooks taken, by the provider's own event id: each counts once, however often it is sent.
create table provider_event (
  marketplace_id text not null,
  provider text not null,
  event_id text not null,
  type text not null,
  received_time timestamptz not null,
  primary key (marketplace_id, provider, event_id)
);
select plaza.protect('payments.provider_event');

create table payout (
  marketplace_id text not null,
  id uuid not null,
  store_id uuid not null,
  seller_member_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null default 'requested' check (state in ('requested', 'paid', 'failed')),
  bank_name text not null,
  holder_name text not null,
  account_last4 text not null check (length(account_last4) <= 4),
  bank_reference text not null,
  failure_reason text,
  created_time timestamptz not null,
  settled_time timestamptz,
  primary key (marketplace_id, id)
);
create index payout_store on payout (marketplace_id, store_id, id desc);
create index payout_requested on payout (marketplace_id, created_time) where state = 'requested';
select plaza.protect('payments.payout');

-- The simulated provider's own memory, as a real one would keep it on its side: payments it has not decided at once.
-- `open` waits for the buyer, `pending` for the clock.
create table simulated_charge (
  marketplace_id text not null,
  payment_id uuid not null,
  state text not null check (state in ('open', 'pending', 'approved', 'declined', 'canceled')),
  kind text not null,
  last4 text,
  amount_minor bigint not null,
  currency text not null,
  return_url text not null,
  webhook_due_time timestamptz,
  webhook_sent_time timestamptz,
  primary key (marketplace_id, payment_id)
);
create index simulated_charge_due on simulated_charge (marketplace_id, webhook_due_time) where webhook_sent_time is null;
select plaza.protect('payments.simulated_charge');
