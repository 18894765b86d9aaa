-- Files: uploads under way, and assets that passed their checks.

create table upload (
  marketplace_id text not null,
  id uuid not null,
  owner_member_id uuid,
  purpose text not null,
  filename text not null,
  content_type text not null,
  size_bytes bigint not null,
  storage_key text not null,
  -- Set once the file passed; a repeated completion answers it again.
  asset_id uuid,
  expire_time timestamptz not null,
  constraint upload_pkey primary key (marketplace_id, id)
);
create index upload_expired on upload (marketplace_id, expire_time);
select plaza.protect('media.upload');

create table asset (
  marketplace_id text not null,
  id uuid not null,
  -- Null: stored by a service (seed, import of operators).
  owner_member_id uuid,
  purpose text not null,
  filename text not null,
  content_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  is_public boolean not null,
  storage_key text not null,
  -- Keys of the WebP copies: {thumb, card, full}; null for what is not a public image.
  renditions jsonb,
  width int,
  height int,
  created_time timestamptz not null,
  constraint asset_pkey primary key (marketplace_id, id)
);
-- The same bytes for the same purpose and owner are one asset.
create unique index asset_same_bytes on asset (marketplace_id, sha256, purpose, owner_member_id) nulls not distinct;
select plaza.protect('media.asset');
