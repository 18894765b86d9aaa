-- What is turned into vectors, and the vectors. Here, and not in an index file: a model's work takes hours for a large
-- catalog, or is paid for, and several processes search by the same vectors. One byte a number, a row for each model, so
-- that those of the model before go on serving until the new ones are complete.
create table meaning_text (
  marketplace_id text not null,
  listing_id uuid not null,
  version bigint not null,
  -- Null: the listing is not listed. The row stays, so that older news of it are known to be old.
  text text,
  is_due boolean not null,
  constraint meaning_text_pkey primary key (marketplace_id, listing_id)
);
create index meaning_text_due on meaning_text (marketplace_id, listing_id) where is_due;
select plaza.protect('search.meaning_text');

create table meaning_vector (
  marketplace_id text not null,
  model text not null,
  listing_id uuid not null,
  -- Null: there was a vector; processes that hold it hear so.
  codes bytea,
  -- Grows with each batch, in order of commits: processes read what came after what they have.
  changed bigint not null,
  constraint meaning_vector_pkey primary key (marketplace_id, model, listing_id)
);
create index meaning_vector_changed on meaning_vector (marketplace_id, model, changed, listing_id);
select plaza.protect('search.meaning_vector');
