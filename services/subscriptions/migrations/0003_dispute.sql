-- Claims of banks on what was paid for plans. While one is open the plan rests and nothing is charged; one that is lost ends it.
create table plan_dispute (
  marketplace_id text not null,
  chargeback_id uuid not null,
  subscription_id uuid not null,
  state text not null check (state in ('opened', 'won', 'lost')),
  updated_time timestamptz not null,
  primary key (marketplace_id, chargeback_id)
);
create index plan_dispute_open on plan_dispute (marketplace_id, subscription_id) where state = 'opened';
select plaza.protect('subscriptions.plan_dispute');
