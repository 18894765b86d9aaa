-- What members chose to go without: `topic.channel` each, so that whatever is new is told until they say otherwise.
create table setting (
  marketplace_id text not null,
  member_id uuid not null,
  refused text[] not null,
  version integer not null,
  primary key (marketplace_id, member_id)
);
select plaza.protect('notifications.setting');

-- What a member does not want to see in their inbox is kept all the same: it is how a message is told once.
alter table notification add column is_shown boolean not null default true;
create index notification_shown on notification (marketplace_id, member_id, id desc) where is_shown;
drop index notification_of_member;
