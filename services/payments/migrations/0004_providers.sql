-- Providers across a network: their answers may be lost, they are asked again, and some begin refunds and disputes themselves.

-- When an undecided payment is next asked about; the ones that are decided at once are never here.
alter table payment add column next_ask_time timestamptz, add column asks int not null default 0;
create index payment_to_ask on payment (marketplace_id, next_ask_time) where next_ask_time is not null;

-- Refunds and disputes name a payment by the provider's reference. The simulated provider's references are our own ids.
create unique index payment_reference on payment (marketplace_id, provider, provider_reference)
  where provider_reference <> '' and provider not in ('simulated', 'none');

-- `failed`: booked and still owed to the buyer; the operator sends it another way. `origin`: who began it.
alter table refund drop constraint refund_state_check;
alter table refund
  add constraint refund_state_check check (state in ('pending', 'succeeded', 'failed')),
  add column origin text not null default 'plaza' check (origin in ('plaza', 'provider')),
  add column provider_reference text,
  add column failure_reason text;
create index refund_provider_reference on refund (marketplace_id, provider_reference) where provider_reference is not null;

-- A buyer's bank takes money back. Kept as the provider tells it; booked by the operator's ruling.
create table chargeback (
  marketplace_id text not null,
  provider text not null,
  reference text not null,
  payment_id uuid not null,
  state text not null check (state in ('opened', 'won', 'lost')),
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  evidence_due_time timestamptz,
  created_time timestamptz not null,
  primary key (marketplace_id, provider, reference),
  foreign key (marketplace_id, payment_id) references payment (marketplace_id, id)
);
select plaza.protect('payments.chargeback');
