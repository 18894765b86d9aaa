-- Goods and money that come back by line, and chargebacks as orders show them.

-- Of which lines refunds were, unit by unit: what later ones of the same line are measured by. Without a line: shipping.
create table line_refund (
  marketplace_id text not null,
  refund_id uuid not null,
  position int not null,
  group_id uuid not null,
  line_id uuid,
  quantity int not null check (quantity > 0),
  amount_minor bigint not null check (amount_minor >= 0),
  is_restocked boolean not null,
  time timestamptz not null,
  constraint line_refund_pkey primary key (marketplace_id, refund_id, position)
);
create index line_refund_of_group on line_refund (marketplace_id, group_id);
select plaza.protect('orders.line_refund');
select plaza.append_only('orders.line_refund');

-- `sale_state`, `clock_left_ms`: where the sale stood when its clock was stopped, and how much of its time was left.
create table return_request (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  group_id uuid not null,
  process_name text not null,
  process_version text not null,
  state text not null,
  is_final boolean not null,
  -- An operator decides, and nobody else can go on.
  is_contested boolean not null default false,
  due_action text,
  due_time timestamptz,
  retry_time timestamptz,
  retry_count int not null default 0,
  lines jsonb not null,
  reason text not null,
  asset_ids uuid[] not null,
  carrier text,
  tracking_number text,
  inspection jsonb,
  refunded_minor bigint,
  sale_state text not null,
  clock_left_ms bigint,
  history jsonb not null,
  version int not null default 1,
  created_time timestamptz not null,
  constraint return_request_pkey primary key (marketplace_id, id),
  foreign key (marketplace_id, group_id) references shipment_group (marketplace_id, id)
);
create unique index return_request_one_open on return_request (marketplace_id, group_id) where not is_final;
create index return_request_of_order on return_request (marketplace_id, order_id, id);
create index return_request_contested on return_request (marketplace_id, id) where is_contested;
create index return_request_due on return_request (marketplace_id, coalesce(retry_time, due_time)) where due_time is not null;
select plaza.protect('orders.return_request');

-- What payments tells of chargebacks of an order's payment. `version`: of the payment, so that older news changes nothing.
create table order_chargeback (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  state text not null check (state in ('opened', 'won', 'lost')),
  is_settled boolean not null default false,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  evidence_due_time timestamptz,
  created_time timestamptz not null,
  constraint order_chargeback_pkey primary key (marketplace_id, id)
);
create index order_chargeback_of_order on order_chargeback (marketplace_id, order_id);
select plaza.protect('orders.order_chargeback');

-- What a seller shows for a bank is not the buyer's to see.
alter table evidence add column purpose text not null default 'dispute' constraint evidence_purpose_known check (purpose in ('dispute', 'chargeback'));
