-- The plan a store is entitled to, as `entitlements.changed` last told; null: the free one. Kept here because a quote and
-- a publication ask for it; what a plan grants stands in the marketplace's plans.yaml.
alter table store add column plan_id text, add column plan_version bigint not null default 0;

-- Whose use of a metered plan is reported.
create index store_subscribed on store (marketplace_id, id) where plan_id is not null;

-- Stores that were opened before there was somebody to learn whose they are: told once more (operations/introduce-stores.ts).
alter table store add column is_introduced boolean not null default false;
alter table store alter column is_introduced set default true;
create index store_not_introduced on store (marketplace_id, id) where not is_introduced;
