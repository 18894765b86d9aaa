-- Row-level security keeps `roles @> …` from an index, and lets a part of the table be one. Nearly everybody is a buyer.
drop index member_roles;
create index member_sellers on member (marketplace_id, id) where roles @> '{seller}';
create index member_moderators on member (marketplace_id, id) where roles @> '{moderator}';
create index member_admins on member (marketplace_id, id) where roles @> '{admin}';
