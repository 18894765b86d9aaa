-- Imports: the job with its checkpoint, mistakes by row, what the file said of each listing, images still to be fetched.

create table import_job (
  marketplace_id text not null,
  id uuid not null,
  store_id uuid not null,
  -- {"kind":"storage","key":…} or {"kind":"path","path":…}
  source jsonb not null,
  format text not null,
  options jsonb not null,
  is_dry_run boolean not null,
  state text not null constraint import_job_state_known
    check (state in ('waiting', 'checking', 'checked', 'running', 'completed', 'failed')),
  -- Listings of the file that are done; a killed import goes on behind them.
  checkpoint bigint not null default 0,
  counts jsonb not null,
  error_count bigint not null default 0,
  failure text,
  -- While it is in the future, a process is at work; one that died lets it pass.
  locked_until timestamptz,
  created_time timestamptz not null,
  completed_time timestamptz,
  constraint import_job_pkey primary key (marketplace_id, id)
);
create index import_job_store on import_job (marketplace_id, store_id, id);
create index import_job_due on import_job (marketplace_id, id) where state in ('waiting', 'checking', 'running');
select plaza.protect('catalog.import_job');

create table import_mistake (
  marketplace_id text not null,
  job_id uuid not null,
  number bigint not null,
  row_number bigint not null,
  column_name text,
  handle text,
  code text not null,
  message text not null,
  constraint import_mistake_pkey primary key (marketplace_id, job_id, number)
);
select plaza.protect('catalog.import_mistake');

-- The rows a listing came from, as the file had them, so that an export gives back what Plaza has no field for.
create table import_source (
  marketplace_id text not null,
  listing_id uuid not null,
  store_id uuid not null,
  rows jsonb not null,
  constraint import_source_pkey primary key (marketplace_id, listing_id)
);
select plaza.protect('catalog.import_source');

-- The columns of a store's last Shopify file, in their order.
create table import_columns (
  marketplace_id text not null,
  store_id uuid not null,
  columns text[] not null,
  constraint import_columns_pkey primary key (marketplace_id, store_id)
);
select plaza.protect('catalog.import_columns');

-- Images by address or file name, in order. `image` is the fetched one.
create table import_image (
  marketplace_id text not null,
  listing_id uuid not null,
  position int not null,
  job_id uuid not null,
  url text not null,
  alt text,
  folder text,
  image jsonb,
  state text not null constraint import_image_state_known check (state in ('waiting', 'fetched', 'failed')),
  attempts int not null default 0,
  due_time timestamptz not null,
  failure text,
  constraint import_image_pkey primary key (marketplace_id, listing_id, position)
);
create index import_image_due on import_image (marketplace_id, due_time) where state = 'waiting';
create index import_image_job on import_image (marketplace_id, job_id) where state = 'waiting';
select plaza.protect('catalog.import_image');

-- An import fills tables faster than autovacuum looks at them; plans made for empty tables would read the whole
-- catalog for each batch. So it may refresh their statistics.
grant maintain on listing, listing_content, listing_facet, variant, import_image, import_source to plaza_catalog;
