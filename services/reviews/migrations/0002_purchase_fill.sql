-- How far this service has come with learning what was bought before it ran, one row a marketplace.
create table purchase_fill (
  marketplace_id text not null,
  cursor text,
  completed_time timestamptz,
  constraint purchase_fill_pkey primary key (marketplace_id)
);
select plaza.protect('reviews.purchase_fill');
