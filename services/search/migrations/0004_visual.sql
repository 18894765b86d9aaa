-- Searching by pictures. Every process that searches keeps all of this in memory, and reads what changed since it last looked:
-- the times are the database's own.

-- Which pictures the listings on sale have; none: not on sale (its version is remembered).
create table listing_pictures (
  marketplace_id text not null,
  listing_id uuid not null,
  store_id uuid not null,
  version bigint not null,
  asset_ids uuid[] not null,
  changed_time timestamptz not null default clock_timestamp(),
  constraint listing_pictures_pkey primary key (marketplace_id, listing_id)
);
create index listing_pictures_changed on listing_pictures (marketplace_id, changed_time);
select plaza.protect('search.listing_pictures');

-- How pictures look, as media announces it.
create table picture_look (
  marketplace_id text not null,
  asset_id uuid not null,
  model text not null,
  hash bytea not null,
  tint bytea not null,
  vector bytea not null,
  -- When media looked: news may arrive in any order.
  looked_time timestamptz not null,
  changed_time timestamptz not null default clock_timestamp(),
  constraint picture_look_pkey primary key (marketplace_id, asset_id)
);
create index picture_look_changed on picture_look (marketplace_id, changed_time);
select plaza.protect('search.picture_look');

-- Pictures that somebody searches by: how they look, never the pictures. Forgotten within the hour.
create table picture_search (
  marketplace_id text not null,
  -- Of the upload.
  id uuid not null,
  -- Null: a guest, for whom the id is the key.
  member_id uuid,
  -- Null until the picture has arrived and was looked at.
  look jsonb,
  expire_time timestamptz not null,
  constraint picture_search_pkey primary key (marketplace_id, id)
);
create index picture_search_expired on picture_search (marketplace_id, expire_time);
select plaza.protect('search.picture_search');
