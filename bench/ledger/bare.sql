-- What a ledger is without row-level security, triggers, chain, currencies and signs: three tables and their keys.
drop schema if exists bare cascade;
create schema bare;
create table bare.balance (
  account_id int primary key,
  balance_minor bigint not null default 0,
  version bigint not null default 0
) with (fillfactor = 50);
create table bare.transfer (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  payment_id uuid not null,
  created_time timestamptz not null
);
create table bare.entry (
  account_id int not null,
  version bigint not null,
  transfer_id uuid not null,
  amount_minor bigint not null,
  balance_after_minor bigint not null,
  primary key (account_id, version)
);
create index on bare.entry (transfer_id);
insert into bare.balance (account_id) select generate_series(1, :accounts);
analyze bare.balance;
