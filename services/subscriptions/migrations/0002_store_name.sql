-- An invoice says whom it is to.
alter table store_owner add column name text;
