-- Wallets: what members keep here to pay with. The money itself is in the ledger (purpose `wallet`).

-- What is said of a wallet besides its balance. Its row is locked before money leaves it or a top-up begins, so that
-- limits are counted one after the other.
create table wallet (
  marketplace_id text not null,
  member_id uuid not null,
  state text not null default 'active' check (state in ('active', 'frozen')),
  frozen_reason text,
  frozen_time timestamptz,
  created_time timestamptz not null,
  primary key (marketplace_id, member_id),
  constraint wallet_frozen check ((state = 'frozen') = (frozen_reason is not null and frozen_time is not null))
);
select plaza.protect('payments.wallet');

-- A top-up is a payment without checkout. `request_key`: the Idempotency-Key it was asked for with, so that a repeat
-- after a crash finds it. `wallet_minor`: the part of the amount that comes out of the payer's wallet.
alter table payment
  alter column checkout_id drop not null,
  add column if not exists purpose text not null default 'checkout',
  add column request_key text,
  add column wallet_minor bigint not null default 0,
  add column wallet_refunded_minor bigint not null default 0,
  add constraint payment_purpose check (purpose in ('checkout', 'top-up', 'subscription')),
  add constraint payment_for check ((purpose = 'top-up') = (checkout_id is null)),
  add constraint payment_wallet_part check (wallet_minor between 0 and amount_minor),
  add constraint payment_wallet_refunded check (wallet_refunded_minor between 0 and refunded_minor);
create index payment_of_wallet on payment (marketplace_id, payer_member_id, created_time)
  where wallet_minor > 0 or purpose = 'top-up';
create unique index payment_request on payment (marketplace_id, payer_member_id, request_key) where request_key is not null;
-- Top-ups that their member has not come back for.
create index payment_top_up_open on payment (marketplace_id, created_time) where purpose = 'top-up' and next_ask_time is not null;

-- A top-up never gets an order, and would stay here for ever.
drop index payment_without_order;
create index payment_without_order on payment (marketplace_id, captured_time)
  where state = 'captured' and order_id is null and purpose = 'checkout';

-- The part of a refund that went to the buyer's wallet: there at once, and nothing for the provider to send.
alter table refund
  add column wallet_minor bigint not null default 0,
  add constraint refund_wallet_part check (wallet_minor between 0 and amount_minor);
