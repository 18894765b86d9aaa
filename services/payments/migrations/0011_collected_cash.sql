-- What carriers collected in a time, for reconciliation with what they hand over.
create index hold_collected on hold (marketplace_id, collected_time) where collector = 'carrier';
