-- Disputes: what a ruling gives back to the buyer until it is carried out, and what each side showed.

alter table shipment_group
  add column ruling text constraint shipment_group_ruling_known check (ruling in ('seller', 'buyer', 'split')),
  add column ruled_minor bigint,
  -- When the state began that waits for a ruling; null in any other.
  add column dispute_time timestamptz,
  add constraint shipment_group_ruled_within_total check (ruled_minor between 0 and total_minor);
create index shipment_group_disputed on shipment_group (marketplace_id, dispute_time, id) where dispute_time is not null;

create table evidence (
  marketplace_id text not null,
  group_id uuid not null,
  id uuid not null,
  party text not null,
  member_id uuid,
  text text not null,
  asset_ids uuid[] not null,
  time timestamptz not null,
  constraint evidence_pkey primary key (marketplace_id, group_id, id),
  foreign key (marketplace_id, group_id) references shipment_group (marketplace_id, id)
);
select plaza.protect('orders.evidence');
select plaza.append_only('orders.evidence');
