-- Posting many at once costs what the rows cost: decision 0026.

-- A comparison ends at the first column that differs. Keys and payments differ, marketplaces hardly.
alter table transfer drop constraint transfer_key;
alter table transfer add constraint transfer_key unique (key, marketplace_id);
drop index transfer_payment;
create index transfer_payment on transfer (payment_id, id) where payment_id is not null;

-- One row for all transfers of a statement, in their order. Random ids do not compress: a long list is stored as it is.
alter table journal_waiting no force row level security;
alter table journal_waiting add column transfer_ids uuid[];
update journal_waiting set transfer_ids = array[transfer_id];
alter table journal_waiting
  alter column transfer_ids set not null,
  alter column transfer_ids set storage external,
  drop column transfer_id,
  add column transfer_count int not null generated always as (cardinality(transfer_ids)) stored;
alter table journal_waiting force row level security;

-- One pass over the transfers and one over the entries. `offset 0` keeps each look-up one by one by its key, whatever the
-- tables' sizes were when the plan was made.
create or replace function payments.refuse_unbalanced_entries() returns trigger language plpgsql as $$
begin
  if exists (
    select from (
      select e.marketplace_id, e.transfer_id, sum(e.amount_minor) as sum_minor from added e
      group by e.marketplace_id, e.transfer_id, e.currency
    ) e left join lateral (
      select true as is_there from payments.transfer t where t.marketplace_id = e.marketplace_id and t.id = e.transfer_id offset 0
    ) t on true
    where e.sum_minor <> 0 or t.is_there is null
  ) or exists (
    select from added e left join lateral (
      select b.marketplace_id, b.currency, b.sign from payments.balance b
      where b.account_id = e.account_id and b.stripe = e.stripe offset 0
    ) b on true
    where b.marketplace_id is distinct from e.marketplace_id or b.currency <> e.currency
      or case b.sign when 1 then e.balance_after_minor < 0 when -1 then e.balance_after_minor > 0 else false end
  ) then
    raise exception 'entries of a transfer must sum to zero in each currency, on accounts of their marketplace and currency, within their signs'
      using errcode = 'integrity_constraint_violation', constraint = 'entry_balanced';
  end if;
  return null;
end $$;

create or replace function payments.take_transfers() returns trigger language plpgsql as $$
begin
  if exists (
    select from added t left join lateral (
      select true as is_there from payments.entry e where e.transfer_id = t.id limit 1
    ) e on true
    where e.is_there is null
  ) then
    raise exception 'a transfer comes together with its entries'
      using errcode = 'integrity_constraint_violation', constraint = 'transfer_balanced';
  end if;
  insert into payments.journal_waiting (marketplace_id, transfer_ids, created_time)
  select marketplace_id, array_agg(id order by id), min(created_time) from added group by marketplace_id;
  return null;
end $$;

-- Posts many transfers of new keys; one that was posted before fails all (`transfer_key`). The caller has summed the
-- lines: `balance_…` has a row for each balance they touch, sorted by stripe and account, and is locked in this order, for
-- the plan can only follow it; each line names its balance by its place there, its own place among the balance's lines,
-- and what those up to it move. Keys are sorted too: two callers wait for one another, but never in a circle.
drop function payments.post_many(
  text, uuid[], text[], text[], uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], uuid[], smallint[], text[], bigint[]);
create function payments.post_many(
  for_marketplace text, ids uuid[], keys text[], kinds text[],
  payment_ids uuid[], order_ids uuid[], group_ids uuid[], payout_ids uuid[], times timestamptz[],
  balance_accounts uuid[], balance_stripes smallint[], balance_currencies text[], balance_sums bigint[], balance_lines int[], balance_times timestamptz[],
  line_transfers uuid[], line_balances int[], line_places int[], line_amounts bigint[], line_moved bigint[]
) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  versions bigint[];
  balances bigint[];
  moments timestamptz[];
begin
  with moved as (
    update payments.balance b set balance_minor = b.balance_minor + t.sum_minor, version = b.version + t.lines,
      changed_time = greatest(b.changed_time, t.newest_time)
    from unnest(balance_accounts, balance_stripes, balance_currencies, balance_sums, balance_lines, balance_times)
      with ordinality as t (account_id, stripe, currency, sum_minor, lines, newest_time, place)
    where b.account_id = t.account_id and b.stripe = t.stripe and b.currency = t.currency
    returning t.place, b.version - t.lines as version, b.balance_minor - t.sum_minor as balance_minor, b.changed_time
  )
  select array_agg(version order by place), array_agg(balance_minor order by place), array_agg(changed_time order by place)
  into versions, balances, moments from moved;
  if cardinality(versions) is distinct from cardinality(balance_accounts) then
    raise exception 'transfers move between accounts that exist, in their currency' using errcode = 'no_data_found';
  end if;
  with added as (
    insert into payments.transfer (marketplace_id, id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
    select for_marketplace, t.* from unnest(ids, keys, kinds, payment_ids, order_ids, group_ids, payout_ids, times)
      as t (id, key, kind, payment_id, order_id, group_id, payout_id, created_time)
  )
  insert into payments.entry (marketplace_id, account_id, stripe, version, transfer_id, currency, amount_minor, balance_after_minor, created_time)
  select for_marketplace, balance_accounts[l.balance], balance_stripes[l.balance], versions[l.balance] + l.place, l.transfer_id,
    balance_currencies[l.balance], l.amount_minor, balances[l.balance] + l.moved_minor, moments[l.balance]
  from unnest(line_transfers, line_balances, line_places, line_amounts, line_moved)
    as l (transfer_id, balance, place, amount_minor, moved_minor);
end $$;
