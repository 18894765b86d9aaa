-- Which rebuild each marketplace's index came from. An index file that names another was made from another database
-- (a restored backup, a moved data folder) and is made anew.
create table index_build (
  marketplace_id text not null,
  build_id text not null,
  document_count bigint not null,
  completed_time timestamptz not null,
  constraint index_build_pkey primary key (marketplace_id)
);
select plaza.protect('search.index_build');
