-- Saved searches, what became of listings since, and which of it belongs to whose search. Decision 0033.

-- One row a member who ever saved a search: the lock under which they are counted, the key that stands in their mails,
-- and the last day a digest was written for.
create table saved_search_member (
  marketplace_id text not null,
  member_id uuid not null,
  mail_key uuid not null,
  digest_day date,
  constraint saved_search_member_pkey primary key (marketplace_id, member_id),
  constraint saved_search_member_mail_key unique (marketplace_id, mail_key)
);
select plaza.protect('discovery.saved_search_member');

-- `search` is as `searchListings` takes it, in one order; equal searches have the same `search_key` and are matched once
-- for all who saved them. The generated columns rule most searches out before the search engine is asked.
create table saved_search (
  marketplace_id text not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  search jsonb not null,
  search_key text not null,
  alerts text[] not null constraint saved_search_alerts_known check (alerts <@ array['new', 'price_drop']),
  delivery text not null constraint saved_search_delivery_known check (delivery in ('none', 'instant', 'daily')),
  version int not null default 1,
  created_time timestamptz not null,
  -- When its member last looked at what it found, and when they were last told of it.
  seen_time timestamptz not null,
  told_time timestamptz,
  category_id text generated always as (search ->> 'categoryId') stored,
  store_id text generated always as (search ->> 'storeId') stored,
  price_minimum bigint generated always as ((search ->> 'priceMinorMin')::bigint) stored,
  price_maximum bigint generated always as ((search ->> 'priceMinorMax')::bigint) stored,
  constraint saved_search_pkey primary key (marketplace_id, id),
  constraint saved_search_once unique (marketplace_id, member_id, search_key),
  constraint saved_search_of_member foreign key (marketplace_id, member_id)
    references saved_search_member (marketplace_id, member_id) on delete cascade
);
create index saved_search_groups on saved_search (marketplace_id, search_key) where alerts <> '{}';
select plaza.protect('discovery.saved_search');

-- A queue: what became of listings and has not been matched with saved searches yet. A row goes when it has.
create table listing_news (
  marketplace_id text not null,
  listing_id uuid not null,
  kind text not null constraint listing_news_kind_known check (kind in ('new', 'price_drop')),
  -- The search index must know the listing so, before it is asked.
  version bigint not null,
  seller_member_id uuid not null,
  store_id text not null,
  category_path text[] not null,
  published_time timestamptz not null,
  price_minor bigint not null,
  price_before_minor bigint,
  happened_time timestamptz not null,
  -- The batch that is being matched it is part of.
  batch_id uuid,
  constraint listing_news_pkey primary key (marketplace_id, listing_id, kind, price_minor)
);
create index listing_news_waiting on listing_news (marketplace_id, happened_time, listing_id) where batch_id is null;
create index listing_news_batch on listing_news (marketplace_id, batch_id) where batch_id is not null;
select plaza.protect('discovery.listing_news');

-- Where the matching of a batch of news stands: it goes on behind this search after whatever stopped it.
create table saved_search_sweep (
  marketplace_id text not null,
  batch_id uuid not null,
  after_key text not null,
  constraint saved_search_sweep_pkey primary key (marketplace_id)
);
select plaza.protect('discovery.saved_search_sweep');

-- What a saved search found. The key is the promise that nobody is told twice of the same.
create table saved_search_match (
  marketplace_id text not null,
  saved_search_id uuid not null,
  listing_id uuid not null,
  kind text not null,
  price_minor bigint not null,
  price_before_minor bigint,
  found_time timestamptz not null,
  told_time timestamptz,
  constraint saved_search_match_pkey primary key (marketplace_id, saved_search_id, listing_id, kind, price_minor),
  constraint saved_search_match_of_search foreign key (marketplace_id, saved_search_id)
    references saved_search (marketplace_id, id) on delete cascade
);
create index saved_search_match_untold on saved_search_match (marketplace_id, saved_search_id) where told_time is null;
create index saved_search_match_age on saved_search_match (marketplace_id, found_time);
select plaza.protect('discovery.saved_search_match');
