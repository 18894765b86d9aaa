-- Receipts, invoices, credit notes and commission invoices, numbered without gaps; and the tax details of their parties.

-- A counter for each issuer, kind and fiscal year: its row is locked by whoever issues, until their transaction ends, and a
-- number that was not used is not taken. A sequence would leave gaps. The issuer is a store, or for the marketplace's own
-- documents the nil UUID.
create table document_counter (
  marketplace_id text not null,
  issuer uuid not null,
  kind text not null,
  fiscal_year int not null,
  last_number bigint not null,
  -- Later numbers never bear an earlier time.
  last_time timestamptz not null,
  constraint document_counter_pkey primary key (marketplace_id, issuer, kind, fiscal_year)
) with (fillfactor = 50);
select plaza.protect('orders.document_counter');

create table document (
  marketplace_id text not null,
  id uuid not null,
  kind text not null constraint document_kind_known check (kind in ('receipt', 'invoice', 'credit_note', 'commission_invoice', 'commission_credit_note')),
  issuer uuid not null,
  store_id uuid not null,
  order_id uuid,
  group_id uuid,
  -- What it is about, which has one document: a group's receipt, a refund, a store's month.
  subject text not null,
  fiscal_year int not null,
  serial bigint not null,
  number text not null,
  currency text not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  -- Parties, lines, taxes and totals as they were: what the PDF is drawn from.
  content jsonb not null,
  issue_time timestamptz not null,
  constraint document_pkey primary key (marketplace_id, id),
  constraint document_subject_unique unique (marketplace_id, subject),
  constraint document_serial_unique unique (marketplace_id, issuer, kind, fiscal_year, serial),
  constraint document_number_unique unique (marketplace_id, issuer, number)
);
create index document_of_group on document (marketplace_id, group_id) where group_id is not null;
create index document_of_store on document (marketplace_id, store_id, issue_time, id);
create index document_of_issuer on document (marketplace_id, issuer, issue_time, id) where order_id is null;
select plaza.protect('orders.document');
select plaza.append_only('orders.document');

create table store_tax_details (
  marketplace_id text not null,
  store_id uuid not null,
  details jsonb not null,
  version int not null default 1,
  updated_time timestamptz not null,
  constraint store_tax_details_pkey primary key (marketplace_id, store_id)
);
select plaza.protect('orders.store_tax_details');

-- What a store was charged when a sale's money was released, and what returned with a refund after that (below zero).
create table commission_entry (
  marketplace_id text not null,
  -- The release of a group (its id), or a refund (its id).
  kind text not null constraint commission_entry_kind_known check (kind in ('release', 'refund')),
  id uuid not null,
  store_id uuid not null,
  group_id uuid not null,
  order_number text not null,
  currency text not null,
  commission_minor bigint not null,
  vat_minor bigint not null,
  time timestamptz not null,
  -- The document that charged it; null until then.
  document_id uuid,
  constraint commission_entry_pkey primary key (marketplace_id, kind, id)
);
create index commission_entry_of_group on commission_entry (marketplace_id, group_id);
create index commission_entry_open on commission_entry (marketplace_id, store_id, currency, time) where document_id is null;
select plaza.protect('orders.commission_entry');

-- Whom the buyer asked the invoice to be made out to; null: a receipt will do.
alter table checkout add column invoice_details jsonb;
alter table placed_order add column invoice_details jsonb;
