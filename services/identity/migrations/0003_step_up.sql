-- When a session last showed that it is the member who sits there; signing in counts, so a new session needs no value.
alter table session add column confirmed_time timestamptz;
