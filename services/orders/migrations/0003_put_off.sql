-- What the clock could not move is tried later, and later each time: the timer takes the oldest first, and a page full of
-- orders that always fail would keep it from all others. `due_time` stays what people are shown.
alter table shipment_group add column retry_time timestamptz, add column retry_count int not null default 0;
drop index shipment_group_due;
create index shipment_group_due on shipment_group (marketplace_id, coalesce(retry_time, due_time)) where due_time is not null;

alter table offer add column retry_time timestamptz, add column retry_count int not null default 0;
drop index offer_due;
create index offer_due on offer (marketplace_id, coalesce(retry_time, due_time)) where due_time is not null;
