-- What members bought and keep, what they say of it, and how many stars that makes. Names of people are not here: identity is
-- asked when reviews are read.

-- What ended well enough to be reviewed, one row a listing of an order, as orders tells it.
create table purchase (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  listing_id uuid not null,
  store_id uuid not null,
  buyer_member_id uuid not null,
  seller_member_id uuid not null,
  listing_slug text not null,
  title text not null,
  image_url text,
  -- Not once all of it was given back.
  is_reviewable boolean not null,
  -- Of the shipment group: older news change nothing.
  group_version int not null,
  completed_time timestamptz not null,
  constraint purchase_pkey primary key (marketplace_id, id),
  constraint purchase_once unique (marketplace_id, order_id, listing_id)
);
create index purchase_by_buyer on purchase (marketplace_id, buyer_member_id, id);
select plaza.protect('reviews.purchase');

create table review (
  marketplace_id text not null,
  id uuid not null,
  order_id uuid not null,
  listing_id uuid not null,
  store_id uuid not null,
  buyer_member_id uuid not null,
  seller_member_id uuid not null,
  stars smallint not null constraint review_stars_known check (stars between 1 and 5),
  text text,
  -- The language it was written in.
  locale text not null,
  reply_text text,
  reply_time timestamptz,
  state text not null default 'published' constraint review_state_known check (state in ('published', 'hidden')),
  hidden_reason text,
  version int not null default 1,
  created_time timestamptz not null,
  edited_time timestamptz,
  constraint review_pkey primary key (marketplace_id, id),
  -- However often somebody buys a thing, they have one opinion of it.
  constraint review_once unique (marketplace_id, listing_id, buyer_member_id)
);
create index review_newest on review (marketplace_id, listing_id, id desc) where state = 'published';
create index review_highest on review (marketplace_id, listing_id, stars desc, id desc) where state = 'published';
create index review_lowest on review (marketplace_id, listing_id, stars, id desc) where state = 'published';
create index review_by_store on review (marketplace_id, store_id, id desc);
create index review_unanswered on review (marketplace_id, store_id, id desc) where reply_text is null;
select plaza.protect('reviews.review');

-- How many published reviews gave how many stars: of a listing, and of all listings of a store.
create table rating (
  marketplace_id text not null,
  subject_id uuid not null,
  subject text not null constraint rating_subject_known check (subject in ('listing', 'store')),
  counts int[] not null constraint rating_counts_right check (cardinality(counts) = 5 and 0 <= all (counts)),
  -- Grows with every change: readers of the news keep the newest.
  version int not null default 1,
  constraint rating_pkey primary key (marketplace_id, subject_id)
);
select plaza.protect('reviews.rating');
