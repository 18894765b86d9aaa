-- After the sale: refunds that no provider sends, chargebacks in the books, and debts that are given up.

-- `by_hand`: the provider could not send it, and an operator did, by what `hand_reference` says. A refund that is tried
-- again is a new one to the provider: its old names are kept, so that late news of them is not taken for news of it.
alter table refund drop constraint refund_state_check;
alter table refund
  add constraint refund_state_check check (state in ('pending', 'succeeded', 'failed', 'by_hand')),
  add column attempt int not null default 0,
  add column past_references text[] not null default '{}',
  add column hand_reference text,
  add column hand_note text,
  drop constraint refund_origin_check,
  add constraint refund_origin_check check (origin in ('plaza', 'provider', 'chargeback'));
create index refund_failed on refund (marketplace_id, id) where state = 'failed';

-- What the platform bears of a lost chargeback: the buyer's part of a hold that has become the platform's.
alter table hold add column borne_minor bigint not null default 0;
alter table hold drop constraint hold_parts;
alter table hold add constraint hold_parts check (
  buyer_left_minor between 0 and total_minor and funded_left_minor between 0 and funded_minor + borne_minor
  and commission_left_minor between 0 and commission_minor and tax_left_minor between 0 and tax_minor
  and commission_left_minor + tax_left_minor <= buyer_left_minor + funded_left_minor
);

-- `taken_minor`: what the provider keeps of the money for now, its fee included; nothing while the bank only inquires.
-- `ruling`: who bears it if it is lost. A lost one is settled once, which writes its parts.
alter table chargeback
  add column id uuid not null default gen_random_uuid(),
  add column fee_minor bigint not null default 0,
  add column taken_minor bigint not null default 0,
  add column ruling text check (ruling in ('seller', 'platform')),
  add column ruling_reason text,
  add column evidence_text text,
  add column evidence_sent_by text check (evidence_sent_by in ('plaza', 'hand')),
  add column evidence_time timestamptz,
  add column decided_time timestamptz,
  add column settled_time timestamptz,
  add constraint chargeback_settled_when_lost check (settled_time is null or state = 'lost');
create unique index chargeback_id on chargeback (marketplace_id, id);
create index chargeback_payment on chargeback (marketplace_id, payment_id);

-- Who bore what of a lost chargeback. Without a group: a payment that no order took.
create table chargeback_part (
  marketplace_id text not null,
  chargeback_id uuid not null,
  position int not null,
  group_id uuid,
  bearer text not null check (bearer in ('seller', 'platform')),
  amount_minor bigint not null check (amount_minor >= 0),
  fee_minor bigint not null check (fee_minor >= 0),
  constraint chargeback_part_pkey primary key (marketplace_id, chargeback_id, position)
);
select plaza.protect('payments.chargeback_part');
select plaza.append_only('payments.chargeback_part');

-- Debts of stores that the platform gave up.
create table write_off (
  marketplace_id text not null,
  id uuid not null,
  store_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  created_time timestamptz not null,
  constraint write_off_pkey primary key (marketplace_id, id)
);
select plaza.protect('payments.write_off');
select plaza.append_only('payments.write_off');

-- The simulated provider's own memory of chargebacks, as a real one would keep it on its side.
create table simulated_dispute (
  marketplace_id text not null,
  id uuid not null,
  payment_id uuid not null,
  state text not null check (state in ('opened', 'won', 'lost')),
  amount_minor bigint not null,
  fee_minor bigint not null,
  currency text not null,
  reason text not null,
  evidence_due_time timestamptz not null,
  webhook_due_time timestamptz,
  constraint simulated_dispute_pkey primary key (marketplace_id, id)
);
create index simulated_dispute_due on simulated_dispute (marketplace_id, webhook_due_time) where webhook_due_time is not null;
select plaza.protect('payments.simulated_dispute');
