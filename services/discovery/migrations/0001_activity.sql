-- What visitors did, for as long as the installation keeps it, and what is known here of the listings they did it with.

-- Learned from the catalog's events; `card` is handed back as it is.
create table listing (
  marketplace_id text not null,
  id uuid not null,
  version bigint not null,
  stock_version bigint not null,
  is_listed boolean not null,
  is_in_stock boolean not null,
  store_id uuid not null,
  -- The listing's own category, and all from the root to it.
  category_id text not null,
  category_path text[] not null,
  -- Roughly where it is: its region, else its city.
  area text,
  external_id text,
  title text not null,
  price_minor bigint not null,
  published_time timestamptz not null,
  card json not null,
  constraint listing_pkey primary key (marketplace_id, id)
);
create index listing_fresh on listing (marketplace_id, published_time desc, id) where is_listed;
create index listing_of_category on listing (marketplace_id, category_id, published_time desc, id) where is_listed;
create index listing_external_id on listing (marketplace_id, external_id) where external_id is not null;
select plaza.protect('discovery.listing');

-- How far the listings that were there before this service have been read from the catalog.
create table listing_fill (
  marketplace_id text not null,
  cursor text,
  completed_time timestamptz,
  constraint listing_fill_pkey primary key (marketplace_id)
);
select plaza.protect('discovery.listing_fill');

-- One row an event, once by its id. `actor_id` is a member, a visitor who agreed to be remembered, or, for what may be
-- tied to nobody, the order it was bought with.
create table activity (
  marketplace_id text not null,
  id uuid not null,
  actor_id uuid not null,
  actor_kind text not null constraint activity_actor_kind_known check (actor_kind in ('member', 'visitor', 'order')),
  kind text not null constraint activity_kind_known
    check (kind in ('view', 'search', 'click', 'favorite', 'cart', 'chat', 'purchase')),
  listing_id uuid,
  query text,
  result_count int,
  position int,
  occurred_time timestamptz not null,
  recorded_time timestamptz not null,
  constraint activity_pkey primary key (marketplace_id, id)
);
create index activity_of_actor on activity (marketplace_id, actor_id, occurred_time desc);
create index activity_in_time on activity (marketplace_id, occurred_time, id);
-- For what the operators read about searches, without all the views between them.
create index activity_searches on activity (marketplace_id, occurred_time) where query is not null;
-- Rows lie in the order they came in: a few pages of this find those whose time is over.
create index activity_age on activity using brin (recorded_time);
select plaza.protect('discovery.activity');

-- What a member said of being remembered. No row: nothing yet.
create table consent (
  marketplace_id text not null,
  member_id uuid not null,
  is_allowed boolean not null,
  updated_time timestamptz not null,
  constraint consent_pkey primary key (marketplace_id, member_id)
);
select plaza.protect('discovery.consent');
