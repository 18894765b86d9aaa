-- What of a platform's bearing it has back: the seller had given it back before the bank decided.
alter table hold add column borne_back_minor bigint not null default 0;
alter table hold add constraint hold_borne check (borne_back_minor between 0 and borne_minor);
