-- Row-level security lets an index answer only what leaks nothing. PostgreSQL does not know that of coalesce() and lower(),
-- so the timers walked through everything that waits, and a new account through every guest's order.
drop index shipment_group_due;
create index shipment_group_due on shipment_group (marketplace_id, greatest(due_time, retry_time)) where due_time is not null;
drop index offer_due;
create index offer_due on offer (marketplace_id, greatest(due_time, retry_time)) where due_time is not null;
drop index return_request_due;
create index return_request_due on return_request (marketplace_id, greatest(due_time, retry_time)) where due_time is not null;

-- Operators look for the parcels that are on their way.
create index shipment_group_of_process on shipment_group (marketplace_id, process_name, state, id) where not is_final;

alter table placed_order add column email_key text generated always as (lower(email)) stored;
drop index placed_order_of_guest;
create index placed_order_of_guest on placed_order (marketplace_id, email_key) where buyer_member_id is null and email_key is not null;
