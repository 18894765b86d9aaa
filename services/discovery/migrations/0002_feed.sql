-- Suggestions: what somebody asked not to see again, and the ways to listings that a feed draws from.

create table dismissal (
  marketplace_id text not null,
  actor_id uuid not null,
  listing_id uuid not null,
  dismissed_time timestamptz not null,
  constraint dismissal_pkey primary key (marketplace_id, actor_id, listing_id)
);
create index dismissal_age on dismissal (marketplace_id, dismissed_time);
select plaza.protect('discovery.dismissal');

create index listing_of_store on listing (marketplace_id, store_id, published_time desc, id) where is_listed;
create index listing_of_area on listing (marketplace_id, area, published_time desc, id) where is_listed and area is not null;
create index activity_purchases on activity (marketplace_id, actor_id) where kind = 'purchase';
