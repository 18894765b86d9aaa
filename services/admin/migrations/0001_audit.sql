-- Who did what on trust, money and administration. Written once; each row carries the hash of the row before it,
-- so that a changed or removed row breaks the chain.
create table audit_entry (
  marketplace_id text not null,
  sequence bigint not null,
  id uuid not null,
  action text not null,
  subject text not null,
  actor jsonb not null,
  details jsonb not null,
  time text not null,
  hash text not null,
  primary key (marketplace_id, sequence)
);
create index audit_entry_subject on audit_entry (marketplace_id, subject, sequence desc);
select plaza.protect('admin.audit_entry');
select plaza.append_only('admin.audit_entry');

-- The end of each marketplace's chain: locked while an entry is added, so that the chain never forks.
create table audit_head (
  marketplace_id text primary key,
  sequence bigint not null,
  hash text not null
);
select plaza.protect('admin.audit_head');
