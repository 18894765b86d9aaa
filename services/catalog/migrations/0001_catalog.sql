-- Stores, listings, variants with their stock, reservations, and what browsing needs to cost the same at any size.

create table store (
  marketplace_id text not null,
  id uuid not null,
  owner_member_id uuid not null,
  name text not null,
  slug text not null,
  description text not null,
  logo_asset_id uuid,
  logo_url text,
  policies jsonb not null,
  shipping_options jsonb not null,
  location jsonb,
  locale text not null,
  version int not null,
  created_time timestamptz not null,
  updated_time timestamptz not null,
  constraint store_pkey primary key (marketplace_id, id),
  constraint store_slug_unique unique (marketplace_id, slug)
);
create index store_owner on store (marketplace_id, owner_member_id);
select plaza.protect('catalog.store');

-- The narrow row that lists are made of; everything else of a listing is in listing_content. The category path is in
-- columns, so that a category with all below it is one ordered index range: a page costs the same at a million
-- listings. (An array with a GIN index would not be used: array operators are not leakproof, so row-level security
-- keeps PostgreSQL from searching by them.)
create table listing (
  marketplace_id text not null,
  id uuid not null,
  store_id uuid not null,
  state text not null constraint listing_state_known check (state in ('draft', 'published', 'paused', 'sold', 'suspended', 'deleted')),
  kind text not null constraint listing_kind_known check (kind in ('physical', 'digital', 'service')),
  handle text not null,
  slug text not null,
  title text not null,
  category_id text not null,
  category_1 text not null,
  category_2 text,
  category_3 text,
  category_4 text,
  condition text,
  currency text not null,
  price_minor bigint not null constraint listing_price_positive check (price_minor >= 0),
  price_max_minor bigint not null,
  compare_at_minor bigint,
  image_url text,
  image_alt text,
  -- Free pieces over all variants, kept with every change of stock; null: unlimited.
  free_quantity bigint constraint listing_free_positive check (free_quantity >= 0),
  stock_version bigint not null default 1,
  variant_count int not null,
  location jsonb,
  tax_class text not null,
  is_offer_allowed boolean not null,
  external_id text,
  -- What it is counted and filtered by, e.g. {color:red,@condition:good}. See domain/facets.ts.
  facets text[] not null,
  current_release_id uuid,
  version int not null,
  created_time timestamptz not null,
  updated_time timestamptz not null,
  published_time timestamptz,
  constraint listing_pkey primary key (marketplace_id, id),
  constraint listing_slug_unique unique (marketplace_id, slug)
) with (fillfactor = 90); -- room for stock to change in place
create unique index listing_handle_unique on listing (marketplace_id, store_id, handle) where state <> 'deleted';
create index listing_newest on listing (marketplace_id, published_time, id) where state = 'published';
create index listing_newest_1 on listing (marketplace_id, category_1, published_time, id) where state = 'published';
create index listing_newest_2 on listing (marketplace_id, category_2, published_time, id) where state = 'published' and category_2 is not null;
create index listing_newest_3 on listing (marketplace_id, category_3, published_time, id) where state = 'published' and category_3 is not null;
create index listing_newest_4 on listing (marketplace_id, category_4, published_time, id) where state = 'published' and category_4 is not null;
create index listing_price on listing (marketplace_id, price_minor, id) where state = 'published';
create index listing_price_1 on listing (marketplace_id, category_1, price_minor, id) where state = 'published';
create index listing_price_2 on listing (marketplace_id, category_2, price_minor, id) where state = 'published' and category_2 is not null;
create index listing_price_3 on listing (marketplace_id, category_3, price_minor, id) where state = 'published' and category_3 is not null;
create index listing_price_4 on listing (marketplace_id, category_4, price_minor, id) where state = 'published' and category_4 is not null;
create index listing_store_newest on listing (marketplace_id, store_id, published_time, id) where state = 'published';
create index listing_store_changed on listing (marketplace_id, store_id, updated_time, id);
create index listing_changed on listing (marketplace_id, updated_time, id);
select plaza.protect('catalog.listing');

create table listing_content (
  marketplace_id text not null,
  listing_id uuid not null,
  description text not null,
  attributes jsonb not null,
  tags jsonb not null,
  images jsonb not null,
  constraint listing_content_pkey primary key (marketplace_id, listing_id)
);
select plaza.protect('catalog.listing_content');

create table variant (
  marketplace_id text not null,
  id uuid not null,
  listing_id uuid not null,
  store_id uuid not null,
  position int not null,
  -- False once its seller removed it: reservations and restocks of it still find it.
  is_active boolean not null default true,
  sku text,
  title text not null,
  options jsonb not null,
  price_minor bigint not null constraint variant_price_positive check (price_minor >= 0),
  compare_at_minor bigint,
  on_hand bigint,
  reserved bigint not null default 0 constraint variant_reserved_positive check (reserved >= 0),
  weight_grams int,
  image_url text,
  license_code text,
  external_id text,
  constraint variant_pkey primary key (marketplace_id, id),
  -- The last word on overselling: free pieces never go below zero.
  constraint variant_free_positive check (on_hand is null or on_hand >= reserved)
) with (fillfactor = 85);
create index variant_listing on variant (marketplace_id, listing_id, position);
create unique index variant_sku_unique on variant (marketplace_id, store_id, sku) where is_active and sku is not null;
select plaza.protect('catalog.variant');

-- Which published listings have a facet, newest first: an inverted index that row-level security lets us search.
create table listing_facet (
  marketplace_id text not null,
  token text not null,
  published_time timestamptz not null,
  listing_id uuid not null,
  constraint listing_facet_pkey primary key (marketplace_id, token, published_time, listing_id)
);
select plaza.protect('catalog.listing_facet');

-- How many published listings of a category itself have a facet ('' counts all). Kept by adding facet_change rows up.
create table facet_count (
  marketplace_id text not null,
  category_id text not null,
  token text not null,
  listing_count bigint not null,
  constraint facet_count_pkey primary key (marketplace_id, category_id, token)
);
select plaza.protect('catalog.facet_count');

-- Changes to facet_count not yet added up: sellers who publish at the same moment must not wait for one counter row.
create table facet_change (
  marketplace_id text not null,
  id bigint generated always as identity,
  category_id text not null,
  token text not null,
  delta int not null,
  constraint facet_change_pkey primary key (marketplace_id, id)
);
select plaza.protect('catalog.facet_change');

create table release (
  marketplace_id text not null,
  id uuid not null,
  listing_id uuid not null,
  version text not null,
  changelog text not null,
  compatibility jsonb not null,
  license_options jsonb not null,
  files jsonb not null,
  created_time timestamptz not null,
  constraint release_pkey primary key (marketplace_id, id),
  constraint release_version_unique unique (marketplace_id, listing_id, version)
);
select plaza.protect('catalog.release');

-- A checkout's hold on stock. The lines are arrays in variant order: a hold is written and given back as one row.
create table reservation (
  marketplace_id text not null,
  checkout_id uuid not null,
  state text not null constraint reservation_state_known check (state in ('held', 'committed', 'released', 'expired')),
  variant_ids uuid[] not null,
  quantities bigint[] not null,
  expire_time timestamptz not null,
  order_id uuid,
  created_time timestamptz not null default now(),
  constraint reservation_pkey primary key (marketplace_id, checkout_id),
  constraint reservation_lines_paired check (cardinality(variant_ids) = cardinality(quantities))
);
create index reservation_due on reservation (marketplace_id, expire_time) where state = 'held';
select plaza.protect('catalog.reservation');

-- Restocks that were done, so that a repeated one changes nothing.
create table restock (
  marketplace_id text not null,
  restock_id text not null,
  order_id uuid not null,
  created_time timestamptz not null default now(),
  constraint restock_pkey primary key (marketplace_id, restock_id)
);
select plaza.protect('catalog.restock');
