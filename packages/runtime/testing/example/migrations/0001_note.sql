-- The smallest service there is, for the runtime's own tests.
create table note (
  marketplace_id text not null,
  id uuid primary key,
  text text not null
);
select plaza.protect('example.note');
create table heard (
  marketplace_id text not null,
  id uuid not null,
  times int not null,
  primary key (marketplace_id, id)
);
select plaza.protect('example.heard');
create table history (
  marketplace_id text not null,
  line text not null
);
select plaza.protect('example.history');
select plaza.append_only('example.history');
