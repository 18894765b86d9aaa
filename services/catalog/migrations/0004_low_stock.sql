-- What is on sale and running low, fewest pieces first: the first page of a studio asks for it. A table beside the
-- listings and not an index on them, because a sale changes free_quantity in place only while no index holds it.
create table low_stock (
  marketplace_id text not null,
  store_id uuid not null,
  free_quantity bigint not null,
  listing_id uuid not null,
  constraint low_stock_pkey primary key (marketplace_id, listing_id)
);
create index low_stock_fewest on low_stock (marketplace_id, store_id, free_quantity, listing_id);

-- Three pieces and fewer are low; LOW_STOCK_MAX in contract/store.ts tells people so.
create function catalog.is_low(state text, free_quantity bigint) returns boolean language sql immutable as $$
  select coalesce(state = 'published' and free_quantity <= 3, false)
$$;

create function catalog.note_low_stock() returns trigger language plpgsql as $$
begin
  if catalog.is_low(new.state, new.free_quantity) then
    insert into catalog.low_stock (marketplace_id, store_id, free_quantity, listing_id)
    values (new.marketplace_id, new.store_id, new.free_quantity, new.id)
    on conflict (marketplace_id, listing_id) do update set free_quantity = excluded.free_quantity;
  else
    delete from catalog.low_stock where marketplace_id = new.marketplace_id and listing_id = new.id;
  end if;
  return null;
end $$;

create trigger listing_begins_low after insert on listing for each row
  when (catalog.is_low(new.state, new.free_quantity)) execute function catalog.note_low_stock();
create trigger listing_runs_low after update on listing for each row
  when ((catalog.is_low(new.state, new.free_quantity) or catalog.is_low(old.state, old.free_quantity))
    and (new.free_quantity is distinct from old.free_quantity or new.state <> old.state))
  execute function catalog.note_low_stock();

alter table listing no force row level security;
insert into low_stock (marketplace_id, store_id, free_quantity, listing_id)
  select marketplace_id, store_id, free_quantity, id from listing where catalog.is_low(state, free_quantity);
alter table listing force row level security;
select plaza.protect('catalog.low_stock');
