-- Paid at the door: the cash is taken, or no longer asked for (payments' decision 0024).
alter table effect drop constraint effect_kind_known;
alter table effect add constraint effect_kind_known check (kind in ('release', 'refund', 'restock', 'revokeLicense', 'collect', 'waive', 'refuse'));

-- Carriers report parcels by their own number.
create index shipment_group_tracking on shipment_group (marketplace_id, tracking_number) where tracking_number is not null;
