-- What buyers say of listings in stars, as reviews announces it: put into the index with every document, also when it is rebuilt.
create table listing_rating (
  marketplace_id text not null,
  listing_id uuid not null,
  rating_count int not null,
  -- All stars together.
  rating_sum int not null,
  -- Of the rating, not of the listing: older news change nothing.
  version int not null,
  constraint listing_rating_pkey primary key (marketplace_id, listing_id)
);
select plaza.protect('search.listing_rating');
