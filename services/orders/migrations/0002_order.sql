-- What follows a completed checkout: orders with a shipment group a store, licenses, offers.

-- Processes as they were: an order keeps the version it began with.
create table process_version (
  marketplace_id text not null,
  name text not null,
  version text not null,
  definition jsonb not null,
  constraint process_version_pkey primary key (marketplace_id, name, version)
);
select plaza.protect('orders.process_version');

create table placed_order (
  marketplace_id text not null,
  id uuid not null,
  number text not null,
  checkout_id uuid not null,
  payment_id uuid not null,
  payment_method jsonb,
  buyer_member_id uuid,
  guest_id text,
  email text,
  locale text not null,
  address jsonb,
  note text,
  currency text not null,
  subtotal_minor bigint not null,
  discount_minor bigint not null,
  shipping_minor bigint not null,
  tax_added_minor bigint not null,
  tax_included_minor bigint not null,
  total_minor bigint not null,
  placed_time timestamptz not null,
  constraint placed_order_pkey primary key (marketplace_id, id),
  constraint placed_order_checkout_unique unique (marketplace_id, checkout_id)
);
create index placed_order_newest on placed_order (marketplace_id, placed_time, id);
create index placed_order_of_buyer on placed_order (marketplace_id, buyer_member_id, placed_time, id) where buyer_member_id is not null;
create index placed_order_number on placed_order (marketplace_id, number);
select plaza.protect('orders.placed_order');

create table shipment_group (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  seller_member_id uuid not null,
  process_name text not null,
  process_version text not null,
  state text not null,
  state_time timestamptz not null,
  is_final boolean not null,
  -- What the clock does next, and when.
  due_action text,
  due_time timestamptz,
  -- The store's part of the frozen quote: lines, shipping, discounts, commission.
  quote jsonb not null,
  total_minor bigint not null,
  refunded_minor bigint not null default 0,
  carrier text,
  tracking_number text,
  placed_time timestamptz not null,
  version int not null default 1,
  constraint shipment_group_pkey primary key (marketplace_id, id),
  constraint shipment_group_refund_within_total check (refunded_minor between 0 and total_minor)
) with (fillfactor = 85);
create index shipment_group_of_order on shipment_group (marketplace_id, order_id);
create index shipment_group_of_store on shipment_group (marketplace_id, store_id, placed_time, id);
create index shipment_group_open_of_store on shipment_group (marketplace_id, store_id, placed_time, id) where not is_final;
create index shipment_group_due on shipment_group (marketplace_id, due_time) where due_time is not null;
select plaza.protect('orders.shipment_group');

-- Who did what and when, shown to both sides. Written once.
create table timeline_entry (
  marketplace_id text not null,
  group_id uuid not null,
  id bigint generated always as identity,
  action text not null,
  party text not null,
  member_id uuid,
  details jsonb not null,
  time timestamptz not null,
  constraint timeline_entry_pkey primary key (marketplace_id, group_id, id)
);
select plaza.protect('orders.timeline_entry');
select plaza.append_only('orders.timeline_entry');

-- What a state change sets off in other services: written with the change, done after it, tried until it is done.
create table effect (
  marketplace_id text not null,
  id uuid not null,
  group_id uuid not null,
  kind text not null constraint effect_kind_known check (kind in ('release', 'refund', 'restock', 'revokeLicense')),
  input jsonb not null,
  -- Null: done.
  due_time timestamptz,
  attempts int not null default 0,
  constraint effect_pkey primary key (marketplace_id, id)
);
create index effect_due on effect (marketplace_id, due_time) where due_time is not null;
create index effect_of_group on effect (marketplace_id, group_id) where due_time is not null;
select plaza.protect('orders.effect');

create table license (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  group_id uuid not null,
  line_id uuid not null,
  listing_id uuid not null,
  listing_slug text not null,
  title text not null,
  image_url text,
  store_name text not null,
  code text,
  quantity int not null,
  key text not null,
  buyer_member_id uuid,
  state text not null default 'active' constraint license_state_known check (state in ('active', 'revoked')),
  download_count int not null default 0,
  issued_time timestamptz not null,
  constraint license_pkey primary key (marketplace_id, id),
  constraint license_key_unique unique (marketplace_id, key),
  constraint license_line_unique unique (marketplace_id, line_id)
);
create index license_of_buyer on license (marketplace_id, buyer_member_id, issued_time, id) where buyer_member_id is not null;
create index license_of_order on license (marketplace_id, order_id);
create index license_of_group on license (marketplace_id, group_id);
select plaza.protect('orders.license');

create table offer (
  marketplace_id text not null,
  id uuid not null,
  listing_id uuid not null,
  listing_slug text not null,
  variant_id uuid not null,
  store_id uuid not null,
  title text not null,
  variant_title text not null,
  image_url text,
  seller_member_id uuid not null,
  buyer_member_id uuid not null,
  quantity int not null constraint offer_quantity_positive check (quantity > 0),
  currency text not null,
  price_minor bigint not null constraint offer_price_positive check (price_minor > 0),
  list_price_minor bigint not null,
  process_name text not null,
  process_version text not null,
  state text not null,
  is_final boolean not null,
  due_action text,
  due_time timestamptz,
  order_id uuid,
  history jsonb not null,
  version int not null default 1,
  created_time timestamptz not null,
  constraint offer_pkey primary key (marketplace_id, id)
);
create unique index offer_one_open on offer (marketplace_id, buyer_member_id, variant_id) where not is_final;
create index offer_of_buyer on offer (marketplace_id, buyer_member_id, created_time, id);
create index offer_of_seller on offer (marketplace_id, seller_member_id, created_time, id);
create index offer_due on offer (marketplace_id, due_time) where due_time is not null;
select plaza.protect('orders.offer');
