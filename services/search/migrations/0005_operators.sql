-- The last comparison of each marketplace's index with the catalog, as operators read it.
create table index_check (
  marketplace_id text not null,
  report jsonb not null,
  constraint index_check_pkey primary key (marketplace_id)
);
select plaza.protect('search.index_check');
