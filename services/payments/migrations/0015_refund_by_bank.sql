-- A refund that its provider could not send, and that the buyer's bank took back by this chargeback instead.
alter table refund add column chargeback_id uuid;
alter table refund add constraint refund_by_bank check (chargeback_id is null or state = 'by_hand');
