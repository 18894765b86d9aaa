-- Providers' reports held against the books, a day at a time, and what was found to differ.

create table reconciliation (
  marketplace_id text not null,
  provider text not null,
  -- A day of the marketplace's own time zone.
  day date not null,
  source text not null check (source in ('provider', 'file')),
  state text not null check (state in ('done', 'failed')),
  matched int not null,
  -- By currency: what both sides say moved, and the provider's fees, all in minor units.
  totals jsonb not null,
  failure text,
  runs int not null default 1,
  finished_time timestamptz not null,
  primary key (marketplace_id, provider, day)
);
create index reconciliation_newest on reconciliation (marketplace_id, day desc, provider);
select plaza.protect('payments.reconciliation');

create table reconciliation_difference (
  marketplace_id text not null,
  id uuid not null,
  provider text not null,
  day date not null,
  subject text not null check (subject in ('payment', 'refund', 'chargeback')),
  reference text not null,
  payment_id uuid,
  currency text not null,
  ours_minor bigint not null,
  theirs_minor bigint not null,
  -- Booked by corrections, so that the next report does not find it again.
  corrected_minor bigint not null default 0,
  state text not null check (state in ('open', 'corrected', 'explained', 'gone')),
  note text,
  created_time timestamptz not null,
  resolved_time timestamptz,
  version int not null default 1,
  primary key (marketplace_id, id),
  constraint reconciliation_difference_once unique (marketplace_id, provider, subject, reference, currency)
);
create index reconciliation_difference_state on reconciliation_difference (marketplace_id, state, id desc);
create index reconciliation_difference_day on reconciliation_difference (marketplace_id, provider, day);
select plaza.protect('payments.reconciliation_difference');
