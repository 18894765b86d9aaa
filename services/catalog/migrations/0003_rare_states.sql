-- Drafts, paused, sold, suspended and deleted listings are few beside the published ones: a list of one of these states
-- must not walk the whole catalog to find them. Publishing costs nothing more, since published rows are not in it.
create index listing_store_state on listing (marketplace_id, store_id, state, updated_time, id) where state <> 'published';
create index listing_state on listing (marketplace_id, state, updated_time, id) where state <> 'published';
