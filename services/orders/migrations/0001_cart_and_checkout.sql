-- Carts and checkouts: everything before the order.

create table cart (
  marketplace_id text not null,
  id uuid not null,
  member_id uuid,
  guest_id text,
  state text not null default 'active' constraint cart_state_known check (state in ('active', 'merged')),
  version int not null default 1,
  created_time timestamptz not null,
  updated_time timestamptz not null,
  constraint cart_pkey primary key (marketplace_id, id)
);
-- A member has one cart, wherever they are signed in.
create unique index cart_of_member on cart (marketplace_id, member_id) where state = 'active' and member_id is not null;
create index cart_of_guest on cart (marketplace_id, guest_id, updated_time) where state = 'active' and guest_id is not null;
select plaza.protect('orders.cart');

create table cart_line (
  marketplace_id text not null,
  cart_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  offer_id uuid,
  quantity int not null constraint cart_line_quantity_positive check (quantity > 0),
  -- What it cost when the buyer last saw and accepted it, to tell them when that changes.
  unit_price_minor bigint not null,
  -- How it looked, so that a line whose listing is gone still says what it was.
  snapshot jsonb not null,
  constraint cart_line_pkey primary key (marketplace_id, cart_id, id),
  constraint cart_line_variant_unique unique nulls not distinct (marketplace_id, cart_id, variant_id, offer_id),
  constraint cart_line_cart foreign key (marketplace_id, cart_id) references cart on delete cascade
);
select plaza.protect('orders.cart_line');

create table cart_coupon (
  marketplace_id text not null,
  cart_id uuid not null,
  code text not null,
  -- Null: the platform's. One coupon of each.
  store_id uuid,
  constraint cart_coupon_pkey primary key (marketplace_id, cart_id, code),
  constraint cart_coupon_funder_unique unique nulls not distinct (marketplace_id, cart_id, store_id),
  constraint cart_coupon_cart foreign key (marketplace_id, cart_id) references cart on delete cascade
);
select plaza.protect('orders.cart_coupon');

create table checkout (
  marketplace_id text not null,
  id uuid not null,
  cart_id uuid,
  -- The order it becomes: known from the start, so that every step names the same one however often it is tried.
  order_id uuid not null,
  member_id uuid,
  guest_id text,
  state text not null constraint checkout_state_known
    check (state in ('open', 'completing', 'awaiting_payment', 'completed', 'expired', 'refunded')),
  locale text not null,
  email text,
  address jsonb,
  note text,
  shipping_choices jsonb not null,
  payment_method_id text,
  payment_token text,
  payment_id uuid,
  action_url text,
  decline_code text,
  attempt int not null default 1,
  currency text not null,
  total_minor bigint not null constraint checkout_total_positive check (total_minor >= 0),
  basis jsonb not null,
  quote jsonb not null,
  expire_time timestamptz not null,
  -- When the timer looks at it next: open, when it expires; waiting for payment, when to ask again; at work, when its
  -- worker is taken for dead. Null: nothing is left to do.
  due_time timestamptz,
  version int not null default 1,
  created_time timestamptz not null,
  updated_time timestamptz not null,
  constraint checkout_pkey primary key (marketplace_id, id),
  constraint checkout_order_unique unique (marketplace_id, order_id)
);
create index checkout_due on checkout (marketplace_id, due_time) where due_time is not null;
select plaza.protect('orders.checkout');
