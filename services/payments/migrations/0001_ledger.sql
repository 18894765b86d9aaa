-- The ledger: double entry, written once. Positive entries add to what an account's owner may claim.

-- Who may see and pay out a store's money. Learned from the store's events and from its orders.
create table store_owner (
  marketplace_id text not null,
  store_id uuid not null,
  member_id uuid not null,
  primary key (marketplace_id, store_id)
);
select plaza.protect('payments.store_owner');

-- One account for each marketplace, currency, owner and purpose. Its id is computed from these (domain/account.ts).
create table account (
  id uuid primary key,
  marketplace_id text not null,
  currency text not null,
  owner text not null check (owner in ('platform', 'store', 'member')),
  owner_id uuid,
  purpose text not null,
  created_time timestamptz not null default now(),
  constraint account_currency unique (id, currency),
  constraint account_unique unique nulls not distinct (marketplace_id, owner_id, purpose, currency)
);
select plaza.protect('payments.account');
select plaza.append_only('payments.account');

-- What the entries of an account sum to. Accounts that every sale touches keep several rows (stripes) that sum to it.
-- fillfactor: a changed balance finds room on its own page, so that no index needs a new entry (HOT).
create table balance (
  account_id uuid not null references account (id),
  stripe smallint not null,
  marketplace_id text not null,
  currency text not null,
  sign smallint not null,
  balance_minor bigint not null default 0,
  version bigint not null default 0,
  primary key (account_id, stripe),
  constraint balance_within_sign check (case sign when 1 then balance_minor >= 0 when -1 then balance_minor <= 0 else true end)
) with (fillfactor = 50);
select plaza.protect('payments.balance');

create table transfer (
  marketplace_id text not null,
  id uuid not null,
  key text not null,
  kind text not null,
  payment_id uuid,
  order_id uuid,
  group_id uuid,
  payout_id uuid,
  created_time timestamptz not null,
  primary key (marketplace_id, id),
  constraint transfer_key unique (marketplace_id, key)
);
create index transfer_payment on transfer (marketplace_id, payment_id, id) where payment_id is not null;
select plaza.protect('payments.transfer');
select plaza.append_only('payments.transfer');

-- The primary key is the account's history in order, without gaps: its statement reads it as it is.
create table entry (
  marketplace_id text not null,
  account_id uuid not null,
  stripe smallint not null,
  version bigint not null,
  transfer_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  balance_after_minor bigint not null,
  primary key (account_id, stripe, version),
  foreign key (marketplace_id, transfer_id) references transfer (marketplace_id, id),
  foreign key (account_id, currency) references account (id, currency)
);
create index entry_transfer on entry (transfer_id);
select plaza.protect('payments.entry');
select plaza.append_only('payments.entry');

-- Entries join a transfer only in sums of zero per currency ...
create function payments.refuse_unbalanced_entries() returns trigger language plpgsql as $$
begin
  if exists (select from added group by transfer_id, currency having sum(amount_minor) <> 0) then
    raise exception 'entries of a transfer must sum to zero in each currency'
      using errcode = 'integrity_constraint_violation', constraint = 'entry_balanced';
  end if;
  return null;
end $$;
create trigger entry_balanced after insert on entry referencing new table as added
  for each statement execute function payments.refuse_unbalanced_entries();

-- ... and no transfer commits that has none, or that does not balance. Deferred: the entries follow their transfer.
create function payments.refuse_unbalanced_transfer() returns trigger language plpgsql as $$
declare
  lines bigint;
begin
  select count(*) into lines from payments.entry where transfer_id = new.id;
  if lines < 2 or exists (select from payments.entry where transfer_id = new.id group by currency having sum(amount_minor) <> 0) then
    raise exception 'transfer % does not balance', new.id
      using errcode = 'integrity_constraint_violation', constraint = 'transfer_balanced';
  end if;
  return null;
end $$;
create constraint trigger transfer_balanced after insert on transfer deferrable initially deferred
  for each row execute function payments.refuse_unbalanced_transfer();

-- Posts one transfer, once for each key; false when the key was posted before. The caller sorts the lines by stripe
-- and account, so that concurrent transfers lock balances in one order. One round trip, because every sale pays for it.
create function payments.post(
  for_marketplace text, transfer_id uuid, transfer_key text, transfer_kind text,
  for_payment uuid, for_order uuid, for_group uuid, for_payout uuid,
  in_currency text, accounts uuid[], stripes smallint[], amounts bigint[], at_time timestamptz
) returns boolean language plpgsql as $$
declare
  versions bigint[];
  balances bigint[];
  new_version bigint;
  new_balance bigint;
begin
  insert into payments.transfer (marketplace_id, id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
  values (for_marketplace, transfer_id, transfer_key, transfer_kind, for_payment, for_order, for_group, for_payout, at_time)
  on conflict (marketplace_id, key) do nothing;
  if not found then
    return false;
  end if;
  for line in 1 .. cardinality(accounts) loop
    update payments.balance b set balance_minor = b.balance_minor + amounts[line], version = b.version + 1
    where b.account_id = accounts[line] and b.stripe = stripes[line] and b.currency = in_currency
    returning b.version, b.balance_minor into strict new_version, new_balance;
    versions[line] := new_version;
    balances[line] := new_balance;
  end loop;
  insert into payments.entry (marketplace_id, account_id, stripe, version, transfer_id, currency, amount_minor, balance_after_minor)
  select for_marketplace, l.account_id, l.stripe, l.version, post.transfer_id, in_currency, l.amount_minor, l.balance_minor
  from unnest(accounts, stripes, versions, amounts, balances) as l (account_id, stripe, version, amount_minor, balance_minor);
  return true;
end $$;
