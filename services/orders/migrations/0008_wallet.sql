-- What the buyer's wallet pays of a checkout at most, and their verification level then; null: nothing of it.
alter table checkout add column wallet jsonb;
