-- An operator looks for payments that are not as most are.
create index payment_by_state on payment (marketplace_id, state, id) where state <> 'captured';
