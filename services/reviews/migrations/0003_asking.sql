-- Buyers are asked once what they think of what they bought.

-- When its turn to be asked for came, whether anybody was asked or not.
alter table purchase add column asked_time timestamptz;
create index purchase_to_ask on purchase (marketplace_id, completed_time) where asked_time is null and is_reviewable;
create index purchase_of_order on purchase (marketplace_id, order_id);

-- Members who do not want to be asked.
create table unasked_member (
  marketplace_id text not null,
  member_id uuid not null,
  constraint unasked_member_pkey primary key (marketplace_id, member_id)
);
select plaza.protect('reviews.unasked_member');
