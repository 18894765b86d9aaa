-- Where the money of a store or member goes: one account for each currency, its number sealed by a key that is not here.

create table payout_account (
  marketplace_id text not null,
  id uuid not null,
  owner_kind text not null check (owner_kind in ('store', 'member')),
  owner_id uuid not null,
  member_id uuid not null, -- who is told of a change
  currency text not null,
  kind text not null,
  bank_name text not null,
  holder_name text not null,
  last4 text not null check (length(last4) <= 4),
  sealed text not null,
  fingerprint text not null, -- keyed: the same account has the same, and nobody else can compute it
  state text not null default 'unverified' check (state in ('unverified', 'verified', 'failed', 'replaced')),
  verification text not null check (verification in ('deposits', 'provider', 'operator')),
  tries int not null default 0 check (tries between 0 and 3),
  failure_reason text,
  screening jsonb not null,
  usable_time timestamptz not null,
  created_time timestamptz not null,
  verified_time timestamptz,
  primary key (marketplace_id, id)
);
create unique index payout_account_of on payout_account (marketplace_id, owner_kind, owner_id, currency) where state <> 'replaced';
create index payout_account_history on payout_account (marketplace_id, owner_id, currency);
create index payout_account_fingerprint on payout_account (marketplace_id, fingerprint);
create index payout_account_to_accept on payout_account (marketplace_id, created_time)
  where state = 'unverified' and verification = 'operator';
select plaza.protect('payments.payout_account');
