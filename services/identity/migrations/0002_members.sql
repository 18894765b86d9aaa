-- A person in a marketplace. `email` repeats the account's, so that operators find members by its beginning
-- within their own marketplace only; null for an account made by phone.
create table member (
  marketplace_id text not null,
  id uuid not null,
  user_id uuid not null references "user" (id),
  roles text[] not null default '{buyer}',
  display_name text not null,
  avatar_url text,
  email text,
  locale text not null,
  created_time timestamptz not null default now(),
  version bigint not null default 1,
  primary key (marketplace_id, id),
  constraint member_user_unique unique (marketplace_id, user_id),
  constraint member_roles_known check (roles <@ '{buyer,seller,moderator,admin}'::text[])
);
create index member_email on member (marketplace_id, email text_pattern_ops);
create index member_roles on member using gin (roles);
select plaza.protect('identity.member');

-- Sessions are better-auth's, bound to the marketplace where they were made: elsewhere the row is not seen at all.
create table session (
  id uuid primary key,
  marketplace_id text not null,
  member_id uuid not null,
  user_id uuid not null references "user" (id) on delete cascade,
  token text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  constraint session_token_unique unique (token),
  foreign key (marketplace_id, member_id) references member (marketplace_id, id) on delete cascade
);
create index session_account on session (user_id, created_at desc);
create index session_age on session (expires_at);
select plaza.protect('identity.session');

create table address (
  marketplace_id text not null,
  id uuid not null,
  member_id uuid not null,
  recipient_name text not null,
  phone text not null,
  line1 text not null,
  line2 text,
  city text not null,
  region text not null,
  postal_code text not null,
  country_code text not null,
  is_default boolean not null,
  version bigint not null default 1,
  primary key (marketplace_id, id),
  foreign key (marketplace_id, member_id) references member (marketplace_id, id) on delete cascade
);
create index address_member on address (marketplace_id, member_id, id);
create unique index address_default_once on address (marketplace_id, member_id) where is_default;
select plaza.protect('identity.address');

-- How often somebody tried a password or asked for a code. The key is a keyed hash of what was tried on: no address,
-- no number stands here.
create table attempt (
  marketplace_id text not null,
  key bytea not null,
  count integer not null,
  window_end_time timestamptz not null,
  primary key (marketplace_id, key)
);
create index attempt_age on attempt (window_end_time);
select plaza.protect('identity.attempt');
