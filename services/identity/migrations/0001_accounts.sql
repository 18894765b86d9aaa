-- Accounts belong to the whole installation: one person, one password, whichever marketplaces they visit. These are
-- the tables of better-auth (https://better-auth.com/docs/concepts/database), in snake case, so they carry no
-- marketplace. What a person is within a marketplace is a row of `member` (0002).
create table "user" (
  id uuid primary key,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean default false,
  phone_number text,
  phone_number_verified boolean,
  constraint user_email_unique unique (email),
  constraint user_phone_number_unique unique (phone_number)
);

create table account (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references "user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint account_of_provider_unique unique (provider_id, account_id)
);
create index account_user on account (user_id);

create table verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier, created_at desc);
create index verification_age on verification (expires_at);

create table two_factor (
  id uuid primary key,
  secret text not null,
  backup_codes text not null,
  user_id uuid not null references "user" (id) on delete cascade,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factor_user on two_factor (user_id);
