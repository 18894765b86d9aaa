-- The proof that no payment is without its order and no order without its payment, and what it found.

create table payment_sweep (
  marketplace_id text not null,
  scope text not null check (scope in ('recent', 'all')),
  orders_checked bigint not null,
  payments_checked bigint not null,
  finished_time timestamptz not null,
  primary key (marketplace_id, scope)
);
select plaza.protect('orders.payment_sweep');

create table sweep_finding (
  marketplace_id text not null,
  id uuid not null,
  problem text not null,
  order_id uuid,
  payment_id uuid,
  found_time timestamptz not null,
  -- When a later sweep did not find it any more.
  gone_time timestamptz,
  primary key (marketplace_id, id)
);
create unique index sweep_finding_open on sweep_finding (marketplace_id, problem, coalesce(order_id, payment_id)) where gone_time is null;
select plaza.protect('orders.sweep_finding');
