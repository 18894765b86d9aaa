-- Coupons, how often each was used, and which checkout took a use, so that it is counted once and given back once.

create table coupon (
  marketplace_id text not null,
  id uuid not null,
  code text not null,
  title text not null,
  -- Null: the platform bears the discount.
  store_id uuid,
  reduction jsonb not null,
  scope jsonb not null,
  subtotal_min_minor bigint not null constraint coupon_subtotal_min_positive check (subtotal_min_minor >= 0),
  start_time timestamptz,
  end_time timestamptz,
  uses_max int,
  uses_per_member_max int,
  uses int not null default 0 constraint coupon_uses_positive check (uses >= 0),
  state text not null default 'active' constraint coupon_state_known check (state in ('active', 'paused')),
  version int not null default 1,
  created_time timestamptz not null,
  constraint coupon_pkey primary key (marketplace_id, id),
  constraint coupon_code_unique unique (marketplace_id, code)
);
create index coupon_by_store on coupon (marketplace_id, store_id, id);
select plaza.protect('marketing.coupon');

create table coupon_member_use (
  marketplace_id text not null,
  coupon_id uuid not null,
  member_id uuid not null,
  uses int not null constraint coupon_member_uses_positive check (uses >= 0),
  constraint coupon_member_use_pkey primary key (marketplace_id, coupon_id, member_id)
);
select plaza.protect('marketing.coupon_member_use');

create table coupon_redemption (
  marketplace_id text not null,
  checkout_id uuid not null,
  coupon_id uuid not null,
  member_id uuid,
  state text not null constraint coupon_redemption_state_known check (state in ('redeemed', 'released')),
  updated_time timestamptz not null,
  constraint coupon_redemption_pkey primary key (marketplace_id, checkout_id, coupon_id)
);
select plaza.protect('marketing.coupon_redemption');
