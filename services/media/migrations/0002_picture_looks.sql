-- What pictures of listings look like: a hash and a tint to know the same picture again, and a description by a model to find
-- what looks alike. A row is there from the moment the picture is; what it says is filled in in the background, and anew
-- when another model is chosen.
create table picture_look (
  marketplace_id text not null,
  asset_id uuid not null,
  -- name@version of what described it; empty: nothing has yet.
  model text not null default '',
  -- 256 bits, 256 that say which of them are sure, and the mean colors of 4 × 4 cells; null while it is not described, and for what cannot be read.
  hash bytea,
  tint bytea,
  -- A signed byte a dimension: only the direction counts.
  vector bytea,
  constraint picture_look_pkey primary key (marketplace_id, asset_id)
);
create index picture_look_model on picture_look (marketplace_id, model, asset_id);

alter table asset no force row level security;
insert into picture_look (marketplace_id, asset_id)
  select marketplace_id, id from asset where purpose = 'listing-image';
alter table asset force row level security;
select plaza.protect('media.picture_look');
