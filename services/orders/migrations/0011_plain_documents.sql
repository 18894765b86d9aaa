-- What is written once and read whole is kept as it was sent: json costs a third of jsonb, and is not compressed where its
-- row fits on a page (compressing two kilobytes takes longer than writing them).
alter table cart_line alter column snapshot type json;
alter table checkout alter column basis type json, alter column quote type json, set (toast_tuple_target = 8160);
alter table shipment_group alter column quote type json, set (toast_tuple_target = 8160);
alter table document alter column content type json, set (toast_tuple_target = 8160);
