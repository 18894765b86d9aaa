-- What a member was told, in the language they had then. Written once by event: `event_key` is the event and the
-- part of it that this member is told.
create table notification (
  marketplace_id text not null,
  id uuid not null,
  member_id uuid not null,
  event_key text not null,
  topic text not null,
  title text not null,
  text text not null,
  path text,
  is_read boolean not null default false,
  created_time timestamptz not null default now(),
  primary key (marketplace_id, id),
  constraint notification_once unique (marketplace_id, member_id, event_key)
);
create index notification_of_member on notification (marketplace_id, member_id, id desc);
create index notification_unread on notification (marketplace_id, member_id) where not is_read;
select plaza.protect('notifications.notification');

-- Mails and SMS that are to be sent: written with the notification, removed once the provider took them. A provider
-- that is down holds up nothing but these.
create table letter (
  marketplace_id text not null,
  id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  attempts integer not null default 0,
  next_attempt_time timestamptz not null,
  primary key (marketplace_id, id)
);
create index letter_due on letter (marketplace_id, next_attempt_time);
select plaza.protect('notifications.letter');
