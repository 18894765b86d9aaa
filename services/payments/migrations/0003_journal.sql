-- The journal: posting by whole statements, times that never go back within an account, and a chain over all transfers.

-- A line's own time, taken under its balance's lock: within a balance it never goes back, so a period is a stretch of
-- versions, and a balance at any moment is found by halving (payments.version_before), without another index.
alter table balance add column changed_time timestamptz not null default '-infinity';
alter table entry add column created_time timestamptz;
alter table entry disable trigger append_only;
alter table entry no force row level security;
alter table transfer no force row level security;
alter table balance no force row level security;
update entry e set created_time = timed.created_time
from (
  select e.account_id, e.stripe, e.version, max(t.created_time) over (partition by e.account_id, e.stripe order by e.version) as created_time
  from entry e join transfer t on t.marketplace_id = e.marketplace_id and t.id = e.transfer_id
) timed
where timed.account_id = e.account_id and timed.stripe = e.stripe and timed.version = e.version;
update balance b set changed_time = last.created_time
from (select account_id, stripe, max(created_time) as created_time from entry group by account_id, stripe) last
where last.account_id = b.account_id and last.stripe = b.stripe;
alter table entry alter column created_time set not null;
alter table entry enable trigger append_only;
alter table entry force row level security;
alter table balance force row level security;

-- Transfers that no link holds yet. The row commits with its transfer, and goes in the transaction that writes the link.
-- Read by position, which is higher for a transfer that saw another committed.
create table journal_waiting (
  marketplace_id text not null,
  position bigint generated always as identity,
  transfer_id uuid not null,
  created_time timestamptz not null,
  primary key (marketplace_id, position)
);
select plaza.protect('payments.journal_waiting');
alter table journal_waiting no force row level security;
insert into journal_waiting (marketplace_id, transfer_id, created_time)
select marketplace_id, id, created_time from transfer order by id;
alter table journal_waiting force row level security;
alter table transfer force row level security;

-- The chain: each marketplace's transfers, numbered without gaps, each hash over the hash before and the transfer (domain/chain.ts).
create table journal_link (
  marketplace_id text not null,
  sequence bigint not null,
  transfer_id uuid not null,
  hash bytea not null check (length(hash) = 32),
  linked_time timestamptz not null,
  primary key (marketplace_id, sequence),
  constraint journal_link_once unique (marketplace_id, transfer_id)
);
select plaza.protect('payments.journal_link');
select plaza.append_only('payments.journal_link');

-- What foreign keys and a deferred trigger checked row by row is checked once a statement. What is referred to is never
-- removed (append_only), so that nothing needs to be locked to stay, least of all the platform's busy accounts.
alter table entry drop constraint entry_account_id_currency_fkey;
alter table entry drop constraint entry_marketplace_id_transfer_id_fkey;
alter table account drop constraint account_currency;
drop trigger transfer_balanced on transfer;
drop function payments.refuse_unbalanced_transfer();

-- Written as look-ups, one a row: a join may be planned while the tables are small, and then read all of them for long.
create or replace function payments.refuse_unbalanced_entries() returns trigger language plpgsql as $$
begin
  if exists (
    select from added e group by e.marketplace_id, e.transfer_id, e.currency having sum(e.amount_minor) <> 0
      or (select true from payments.transfer t where t.marketplace_id = e.marketplace_id and t.id = e.transfer_id limit 1) is null
      or bool_or((
        select true from payments.balance b
        where b.account_id = e.account_id and b.stripe = e.stripe and b.currency = e.currency and b.marketplace_id = e.marketplace_id
          and case b.sign when 1 then e.balance_after_minor >= 0 when -1 then e.balance_after_minor <= 0 else true end
        limit 1
      ) is null)
  ) then
    raise exception 'entries of a transfer must sum to zero in each currency, on accounts of their marketplace and currency, within their signs'
      using errcode = 'integrity_constraint_violation', constraint = 'entry_balanced';
  end if;
  return null;
end $$;

-- A transfer and its entries are one statement: when it ends, both are there, and each trigger finds the other's rows.
create function payments.take_transfers() returns trigger language plpgsql as $$
begin
  if exists (select from added t where (select true from payments.entry e where e.transfer_id = t.id limit 1) is null) then
    raise exception 'a transfer comes together with its entries'
      using errcode = 'integrity_constraint_violation', constraint = 'transfer_balanced';
  end if;
  insert into payments.journal_waiting (marketplace_id, transfer_id, created_time)
  select marketplace_id, id, created_time from added order by id;
  return null;
end $$;
create trigger transfer_taken after insert on transfer referencing new table as added
  for each statement execute function payments.take_transfers();

-- Posts one transfer, once for its key; false when the key was posted before. The caller sorts the lines by stripe and
-- account, so that concurrent transfers lock balances in one order. No sequential scans, in the triggers neither: plans
-- made while the tables are small are kept, and would read them from end to end when they are not (10 ms a transfer).
drop function payments.post(text, uuid, text, text, uuid, uuid, uuid, uuid, text, uuid[], smallint[], bigint[], timestamptz);
create function payments.post(
  for_marketplace text, new_id uuid, new_key text, new_kind text, for_payment uuid, for_order uuid, for_group uuid, for_payout uuid,
  in_currency text, accounts uuid[], stripes smallint[], amounts bigint[], at_time timestamptz
) returns boolean language plpgsql set enable_seqscan = off as $$
declare
  versions bigint[];
  balances bigint[];
  moments timestamptz[];
  new_version bigint;
  new_balance bigint;
  new_moment timestamptz;
begin
  perform from payments.transfer where marketplace_id = for_marketplace and key = new_key;
  if found then
    return false;
  end if;
  for line in 1 .. cardinality(accounts) loop
    update payments.balance b set balance_minor = b.balance_minor + amounts[line], version = b.version + 1,
      changed_time = greatest(b.changed_time, at_time)
    where b.account_id = accounts[line] and b.stripe = stripes[line] and b.currency = in_currency
    returning b.version, b.balance_minor, b.changed_time into strict new_version, new_balance, new_moment;
    versions[line] := new_version;
    balances[line] := new_balance;
    moments[line] := new_moment;
  end loop;
  with added as (
    insert into payments.transfer (marketplace_id, id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
    values (for_marketplace, new_id, new_key, new_kind, for_payment, for_order, for_group, for_payout, at_time)
    on conflict (marketplace_id, key) do nothing
    returning id
  )
  insert into payments.entry (marketplace_id, account_id, stripe, version, transfer_id, currency, amount_minor, balance_after_minor, created_time)
  select for_marketplace, l.account_id, l.stripe, l.version, added.id, in_currency, l.amount_minor, l.balance_minor, l.created_time
  from added, unnest(accounts, stripes, versions, amounts, balances, moments)
    as l (account_id, stripe, version, amount_minor, balance_minor, created_time);
  if not found then
    raise exception 'the same transfer was posted at the same time' using errcode = 'serialization_failure';
  end if;
  return true;
end $$;

-- The same for many transfers; answers how many keys were new. First the balances are locked in one order, as above,
-- then the keys are taken in one order: two callers wait for one another, but never in a circle.
create function payments.post_many(
  for_marketplace text, ids uuid[], keys text[], kinds text[],
  payment_ids uuid[], order_ids uuid[], group_ids uuid[], payout_ids uuid[], times timestamptz[],
  line_transfers uuid[], line_accounts uuid[], line_stripes smallint[], line_currencies text[], line_amounts bigint[]
) returns bigint language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  posted bigint;
begin
  with target as (
    select distinct l.account_id, l.stripe from unnest(line_accounts, line_stripes) as l (account_id, stripe)
  ), locked as materialized (
    select b.account_id, b.stripe from payments.balance b join target t on t.account_id = b.account_id and t.stripe = b.stripe
    order by b.stripe, b.account_id for no key update of b
  ), added as (
    insert into payments.transfer (marketplace_id, id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
    select for_marketplace, t.* from unnest(ids, keys, kinds, payment_ids, order_ids, group_ids, payout_ids, times)
      as t (id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
    where (select count(*) from locked) >= 0 order by t.key collate "C"
    on conflict (marketplace_id, key) do nothing
    returning id, created_time
  ), line as (
    select l.*, added.created_time,
      row_number() over earlier as place_in_account, sum(l.amount_minor) over earlier as moved_minor
    from unnest(line_transfers, line_accounts, line_stripes, line_currencies, line_amounts)
      with ordinality as l (transfer_id, account_id, stripe, currency, amount_minor, place)
    join added on added.id = l.transfer_id
    window earlier as (partition by l.account_id, l.stripe order by l.place)
  ), total as (
    select account_id, stripe, currency, sum(amount_minor) as amount_minor, count(*) as lines, max(created_time) as created_time
    from line group by account_id, stripe, currency
  ), moved as (
    update payments.balance b set balance_minor = b.balance_minor + t.amount_minor, version = b.version + t.lines,
      changed_time = greatest(b.changed_time, t.created_time)
    from total t where b.account_id = t.account_id and b.stripe = t.stripe and b.currency = t.currency
    returning b.account_id, b.stripe, b.version - t.lines as version, b.balance_minor - t.amount_minor as balance_minor, b.changed_time
  ), written as (
    insert into payments.entry (marketplace_id, account_id, stripe, version, transfer_id, currency, amount_minor, balance_after_minor, created_time)
    select for_marketplace, l.account_id, l.stripe, m.version + l.place_in_account, l.transfer_id, l.currency, l.amount_minor,
      m.balance_minor + l.moved_minor, m.changed_time
    from line l join moved m on m.account_id = l.account_id and m.stripe = l.stripe
  )
  select count(*) into posted from added;
  return posted;
end $$;

-- The last version of a balance that was written before a moment; 0 before its first. Halves the versions, which have no
-- gaps, so it costs a look-up for each doubling of the history.
create function payments.version_before(of_account uuid, of_stripe smallint, moment timestamptz) returns bigint
language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint;
  middle bigint;
begin
  select version into high from payments.balance where account_id = of_account and stripe = of_stripe;
  high := coalesce(high, 0);
  while low < high loop
    middle := (low + high + 1) / 2;
    if (select created_time < moment from payments.entry where account_id = of_account and stripe = of_stripe and version = middle) then
      low := middle;
    else
      high := middle - 1;
    end if;
  end loop;
  return low;
end $$;

-- Two-phase transfers: a pending one keeps its amounts from being used until it is posted, voided, or expires. What
-- happened to it is another row; nothing of its history changes. Money itself moves by the transfer that posts it.
alter table balance add column pending_in_minor bigint not null default 0;
alter table balance add column pending_out_minor bigint not null default 0;
alter table balance add constraint balance_pending check (pending_in_minor >= 0 and pending_out_minor >= 0);
alter table balance drop constraint balance_within_sign;
alter table balance add constraint balance_within_sign check (
  case sign when 1 then balance_minor - pending_out_minor >= 0 when -1 then balance_minor + pending_in_minor <= 0 else true end
);

create table pending_transfer (
  marketplace_id text not null,
  id uuid not null,
  key text not null,
  kind text not null,
  payment_id uuid,
  order_id uuid,
  group_id uuid,
  payout_id uuid,
  currency text not null,
  created_time timestamptz not null,
  expire_time timestamptz,
  primary key (marketplace_id, id),
  constraint pending_transfer_key unique (marketplace_id, key)
);
select plaza.protect('payments.pending_transfer');
select plaza.append_only('payments.pending_transfer');

create table pending_entry (
  marketplace_id text not null,
  pending_id uuid not null,
  account_id uuid not null,
  stripe smallint not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (pending_id, account_id),
  foreign key (marketplace_id, pending_id) references pending_transfer (marketplace_id, id),
  foreign key (account_id, stripe) references balance (account_id, stripe)
);
select plaza.protect('payments.pending_entry');
select plaza.append_only('payments.pending_entry');
create function payments.refuse_unbalanced_pending() returns trigger language plpgsql as $$
begin
  if exists (select from added group by pending_id having sum(amount_minor) <> 0) then
    raise exception 'entries of a pending transfer must sum to zero'
      using errcode = 'integrity_constraint_violation', constraint = 'pending_balanced';
  end if;
  return null;
end $$;
create trigger pending_balanced after insert on pending_entry referencing new table as added
  for each statement execute function payments.refuse_unbalanced_pending();

-- The end of a pending transfer, at most one.
create table pending_resolution (
  marketplace_id text not null,
  pending_id uuid not null,
  outcome text not null check (outcome in ('posted', 'voided', 'expired')),
  transfer_id uuid,
  resolved_time timestamptz not null,
  primary key (marketplace_id, pending_id),
  foreign key (marketplace_id, pending_id) references pending_transfer (marketplace_id, id),
  check ((outcome = 'posted') = (transfer_id is not null))
);
select plaza.protect('payments.pending_resolution');
select plaza.append_only('payments.pending_resolution');

-- Those without an end, by when they expire; whoever ends one deletes it from here first, and so is the only one.
create table pending_open (
  marketplace_id text not null,
  pending_id uuid not null,
  expire_time timestamptz,
  primary key (marketplace_id, pending_id)
);
create index pending_open_due on pending_open (marketplace_id, expire_time);
select plaza.protect('payments.pending_open');
