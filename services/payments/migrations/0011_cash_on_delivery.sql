-- Cash on delivery (decision 0024): a payment that is due at the door. Nothing is booked until somebody has taken the cash.

alter table hold drop constraint hold_state_check;
alter table hold
  add column collector text check (collector in ('seller', 'carrier')),
  add column collected_minor bigint check (collected_minor >= 0),
  add column collected_time timestamptz,
  -- Who took the parcel in, or the carrier's word for it, as whoever recorded it wrote it.
  add column proof text,
  add constraint hold_state_check check (state in ('held', 'released', 'refunded', 'due', 'waived')),
  add constraint hold_collected check (
    case when collector is null then collected_minor is null and state not in ('due', 'waived')
      else (collected_minor is null) = (state in ('due', 'waived')) end
    and (collected_minor is null) = (collected_time is null)
  );
-- What is not collected yet, the oldest first: few beside what was.
create index hold_due on hold (marketplace_id, created_time) where state = 'due';

-- What of a payment is not asked for any more: parcels that were canceled, or refused at the door.
alter table payment add column waived_minor bigint not null default 0;
alter table payment drop constraint payment_refunded_at_most_paid;
alter table payment
  add constraint payment_refunded_at_most_paid check (refunded_minor >= 0 and waived_minor >= 0 and refunded_minor + waived_minor <= amount_minor);

-- Which stores let their buyers pay at the door.
create table cash_store (
  marketplace_id text not null,
  store_id uuid not null,
  accepts boolean not null,
  updated_time timestamptz not null,
  primary key (marketplace_id, store_id)
);
select plaza.protect('payments.cash_store');

-- Parcels that a member did not take in. Whoever does it too often is not offered to pay at the door.
create table cash_refusal (
  marketplace_id text not null,
  group_id uuid not null,
  member_id uuid not null,
  refused_time timestamptz not null,
  primary key (marketplace_id, group_id)
);
create index cash_refusal_member on cash_refusal (marketplace_id, member_id, refused_time);
select plaza.protect('payments.cash_refusal');
select plaza.append_only('payments.cash_refusal');
