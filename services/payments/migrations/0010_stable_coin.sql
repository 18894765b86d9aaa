-- Payments in a stable-coin of an EVM chain: an address for each payment, what was seen at it, and what goes back.

-- How far the Transfer logs of a token are read. Blocks below `next_block` are read for good, unless one of them vanishes.
create table coin_token (
  marketplace_id text not null,
  chain_id bigint not null,
  token_address text not null,
  symbol text not null,
  decimals smallint not null check (decimals between 0 and 36),
  next_block bigint not null,
  head_block bigint not null,
  read_time timestamptz not null,
  primary key (marketplace_id, chain_id, token_address)
);
select plaza.protect('payments.coin_token');

-- The index that the next address is derived by. It only grows, whatever account the addresses are of.
create table coin_index (
  marketplace_id text primary key,
  next_index int not null
);
select plaza.protect('payments.coin_index');

-- The address of one payment. `settled_units`: what lay there when it was last decided on; `owed_minor`: what was booked as
-- the buyer's surplus so far. No foreign key: the provider writes this before it knows of a payment.
create table coin_deposit (
  marketplace_id text not null,
  payment_id uuid not null,
  chain_id bigint not null,
  token_address text not null,
  address text not null,
  derivation_index int not null,
  due_units numeric(78, 0) not null check (due_units > 0),
  settled_units numeric(78, 0) not null default 0,
  owed_minor bigint not null default 0 check (owed_minor >= 0),
  payback_address text,
  watch_until_time timestamptz not null,
  created_time timestamptz not null,
  primary key (marketplace_id, payment_id),
  constraint coin_deposit_address unique (chain_id, address),
  constraint coin_deposit_index unique (marketplace_id, derivation_index)
);
create index coin_deposit_watched on coin_deposit (marketplace_id, watch_until_time);
select plaza.protect('payments.coin_deposit');

-- A transfer as it was seen in a block. The same transfer in another block is another row.
create table coin_transfer (
  marketplace_id text not null,
  id uuid not null,
  payment_id uuid not null,
  chain_id bigint not null,
  block_number bigint not null,
  block_hash text not null,
  transaction_hash text not null,
  log_index int not null,
  sender text not null,
  units numeric(78, 0) not null,
  seen_time timestamptz not null,
  primary key (marketplace_id, id),
  foreign key (marketplace_id, payment_id) references coin_deposit (marketplace_id, payment_id)
);
create index coin_transfer_payment on coin_transfer (marketplace_id, payment_id);
create index coin_transfer_block on coin_transfer (marketplace_id, chain_id, block_number);
select plaza.protect('payments.coin_transfer');
select plaza.append_only('payments.coin_transfer');

-- A seen transfer whose block left the chain: it counts no more.
create table coin_transfer_loss (
  marketplace_id text not null,
  coin_transfer_id uuid not null,
  noticed_time timestamptz not null,
  primary key (marketplace_id, coin_transfer_id),
  foreign key (marketplace_id, coin_transfer_id) references coin_transfer (marketplace_id, id)
);
select plaza.protect('payments.coin_transfer_loss');
select plaza.append_only('payments.coin_transfer_loss');

-- What the operator sends back by hand: refunds (by the refund's id) and what buyers sent beyond what they owed.
create table coin_payback (
  marketplace_id text not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null check (kind in ('refund', 'surplus')),
  state text not null default 'owed' check (state in ('owed', 'sent')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  chain_id bigint not null,
  transaction_hash text,
  log_index int,
  created_time timestamptz not null,
  sent_time timestamptz,
  primary key (marketplace_id, id),
  foreign key (marketplace_id, payment_id) references coin_deposit (marketplace_id, payment_id),
  constraint coin_payback_transfer unique (chain_id, transaction_hash, log_index),
  constraint coin_payback_sent check ((state = 'sent') = (transaction_hash is not null and log_index is not null and sent_time is not null))
);
create index coin_payback_payment on coin_payback (marketplace_id, payment_id);
create index coin_payback_owed on coin_payback (marketplace_id, id) where state = 'owed';
select plaza.protect('payments.coin_payback');
