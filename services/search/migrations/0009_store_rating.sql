-- Null: heard of before stores were counted.
alter table listing_rating add column store_id uuid;

-- What buyers say of all of a store's listings together: its listings stand in the index by it.
create table store_rating (
  marketplace_id text not null,
  store_id uuid not null,
  rating_count int not null,
  rating_sum int not null,
  -- By which step its listings were last put into the index; null: by none.
  step int,
  -- Whether they are to be put there again.
  is_due boolean not null default false,
  constraint store_rating_pkey primary key (marketplace_id, store_id)
);
create index store_rating_due on store_rating (marketplace_id, store_id) where is_due;
select plaza.protect('search.store_rating');
