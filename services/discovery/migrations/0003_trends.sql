-- What trends: each thing's latest window in which it did, for an hour. `scope` is listing, search or category, with the
-- name of an area behind an @ for what trends there.
create table trend (
  marketplace_id text not null,
  scope text not null,
  item text not null,
  people int not null,
  -- The mean of its people a window, before.
  usual double precision not null,
  score double precision not null,
  window_time timestamptz not null,
  constraint trend_pkey primary key (marketplace_id, scope, item)
);
select plaza.protect('discovery.trend');

-- The last window that was told, so that of several processes one tells it.
create table trend_window (
  marketplace_id text not null,
  closed_time timestamptz not null,
  constraint trend_window_pkey primary key (marketplace_id)
);
select plaza.protect('discovery.trend_window');
