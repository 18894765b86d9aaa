-- What operators say of words and queries: synonyms, stop words, pinned and hidden listings. One document a marketplace,
-- because it is small, read whole, and changed by one person at a time (version).
create table rule_set (
  marketplace_id text not null,
  rules jsonb not null,
  version bigint not null,
  updated_time timestamptz not null,
  constraint rule_set_pkey primary key (marketplace_id)
);
select plaza.protect('search.rule_set');
