-- When a guest was last mailed a new link to their order: nobody fills a mailbox by asking again and again.
alter table placed_order add column link_mailed_time timestamptz;

-- What a browser bought before its owner signed in.
create index placed_order_of_browser on placed_order (marketplace_id, guest_id, placed_time) where buyer_member_id is null and guest_id is not null;
