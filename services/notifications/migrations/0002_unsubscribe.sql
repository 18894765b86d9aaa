-- Where a mail program ends mails of this kind at a click (RFC 8058); none for mails that belong to a dealing.
alter table letter add column unsubscribe_url text;
