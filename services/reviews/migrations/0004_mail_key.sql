-- By the key that stands in a mail, whoever has the mail ends such mails without signing in.
create table asked_member (
  marketplace_id text not null,
  member_id uuid not null,
  mail_key uuid not null,
  constraint asked_member_pkey primary key (marketplace_id, member_id),
  constraint asked_member_mail_key unique (marketplace_id, mail_key)
);
select plaza.protect('reviews.asked_member');
