-- How well results fit queries, as operators judge them. One grade an operator, query and listing: who thinks again
-- replaces their own. `query` is as `judgedQuery` writes it.
create table judgement (
  marketplace_id text not null,
  query text not null,
  listing_id uuid not null,
  member_id uuid not null,
  grade smallint not null,
  graded_time timestamptz not null,
  constraint judgement_pkey primary key (marketplace_id, query, listing_id, member_id),
  constraint judgement_grade check (grade between 0 and 3)
);
select plaza.protect('search.judgement');

-- What the judged queries measured at a time: shows whether rules and rankings made search better.
create table relevance_measure (
  marketplace_id text not null,
  id uuid not null,
  measured_time timestamptz not null,
  ndcg10 double precision not null,
  query_count integer not null,
  constraint relevance_measure_pkey primary key (marketplace_id, id)
);
select plaza.protect('search.relevance_measure');
select plaza.append_only('search.relevance_measure');
