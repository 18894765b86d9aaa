-- Cards that members keep for later payments, and payments of subscriptions.

-- A subscription's payment is for an invoice, which stands where others have their checkout. `tax_minor`: the part of
-- its amount that is tax.
alter table payment
  add column if not exists purpose text not null default 'checkout',
  add column tax_minor bigint not null default 0,
  add constraint payment_tax_part check (tax_minor between 0 and amount_minor);

-- No order takes it: it would stay here for ever.
drop index payment_without_order;
create index payment_without_order on payment (marketplace_id, captured_time)
  where state = 'captured' and order_id is null and purpose = 'checkout';

-- `sealed`: what the provider needs to charge it again, encrypted with the installation's key. Never a card's number.
create table saved_method (
  marketplace_id text not null,
  id uuid not null,
  member_id uuid not null,
  provider text not null,
  sealed text not null,
  brand text not null,
  last4 text not null check (length(last4) <= 4),
  expiry_month int not null check (expiry_month between 1 and 12),
  expiry_year int not null,
  is_default boolean not null,
  created_time timestamptz not null,
  primary key (marketplace_id, id)
);
create index saved_method_member on saved_method (marketplace_id, member_id, id);
create unique index saved_method_default on saved_method (marketplace_id, member_id) where is_default;
select plaza.protect('payments.saved_method');
