-- Orders of guests. Who shows that the address is theirs gets what was bought with it: that finds it.
create index placed_order_of_guest on placed_order (marketplace_id, lower(email)) where buyer_member_id is null and email is not null;

-- Guests and members who opened an order by the link in a mail about it. They are its buyer, as the browser is that bought.
alter table placed_order add column opened_by text[] not null default '{}';
