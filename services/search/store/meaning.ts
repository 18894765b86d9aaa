import { idFromUuid, NIL_UUID, uuidFromId } from '@plaza/kernel';
import { columnsOf, type Queries, sql, type Transaction } from '@plaza/runtime';

/** What is to be turned into a vector; null: nothing any more. */
export type MeaningText = { readonly listingId: string; readonly version: number; readonly text: string | null };
/** A listing's vector as it is kept; null: it has none any more. */
export type MeaningVector = { readonly listingId: string; readonly codes: Int8Array | null };
/** How far the vectors of a model were read. */
export type VectorsRead = { readonly changed: number; readonly listingId: string | null };

/** Notes texts that are newer than what is known; those that say something else are due. In order of ids, so that two never wait for each other. */
export async function noteTexts(queries: Queries, marketplaceId: string, texts: readonly MeaningText[]): Promise<void> {
  const { rows } = columnsOf(
    { listing_id: 'uuid', version: 'bigint', text: 'text' },
    texts.map(({ listingId, version, text }) => ({ listing_id: uuidFromId(listingId), version, text })),
  );
  await queries.execute(sql`
    insert into search.meaning_text as held (marketplace_id, listing_id, version, text, is_due)
    select ${marketplaceId}, news.listing_id, news.version, news.text, news.text is not null
    from ${rows} news
    order by news.listing_id
    on conflict (marketplace_id, listing_id) do update
    set version = excluded.version, text = excluded.text,
      is_due = held.is_due or held.text is distinct from excluded.text
    where held.version < excluded.version`);
}

/** Whether anything was ever noted. */
export async function hasTexts(queries: Queries, marketplaceId: string): Promise<boolean> {
  const row = await queries.row(sql`select 1 from search.meaning_text where marketplace_id = ${marketplaceId} limit 1`);
  return row !== undefined;
}

/** Makes due what has no vector of this model. */
export async function markUnembedded(queries: Queries, marketplaceId: string, model: string): Promise<void> {
  await queries.execute(sql`
    update search.meaning_text held set is_due = true
    where marketplace_id = ${marketplaceId} and not is_due and text is not null and not exists (
      select from search.meaning_vector vector where vector.marketplace_id = held.marketplace_id
        and vector.model = ${model} and vector.listing_id = held.listing_id and vector.codes is not null)`);
}

export async function listDue(queries: Queries, marketplaceId: string, limit: number): Promise<MeaningText[]> {
  const rows = await queries.rows<{ listing_id: string; version: number; text: string | null }>(sql`
    select listing_id, version, text from search.meaning_text
    where marketplace_id = ${marketplaceId} and is_due order by listing_id limit ${limit}`);
  return rows.map(({ listing_id, version, text }) => ({ listingId: idFromUuid('listing', listing_id), version, text }));
}

/** Keeps vectors of a model, and what they were made of as done; what was noted since stays due. */
export async function saveVectors(
  tx: Transaction,
  model: string,
  done: readonly (MeaningVector & { readonly version: number })[],
): Promise<void> {
  const { marketplaceId } = tx;
  const ids = done.map(({ listingId }) => uuidFromId(listingId));
  const versions = done.map(({ version }) => version);
  const codes = done.map(({ codes: each }) =>
    each === null ? null : Buffer.from(each.buffer, each.byteOffset, each.length),
  );
  // The lock: one batch after the other, so that who has read up to a number has read all below it.
  // The setting: each text is looked up by its key. A plan that was made while there were few texts would read all of them
  // for each batch, and a connection keeps its plans: PostgreSQL has no hint for one query.
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(${`search.meaning_vector ${marketplaceId}`}, 0)),
      set_config('enable_seqscan', 'off', true)`);
  await tx.execute(sql`
    insert into search.meaning_vector (marketplace_id, model, listing_id, codes, changed)
    select ${marketplaceId}, ${model}, done.listing_id, done.codes, 1 + coalesce((
      select max(changed) from search.meaning_vector where marketplace_id = ${marketplaceId} and model = ${model}), 0)
    from unnest(${ids}::uuid[], ${codes}::bytea[]) as done (listing_id, codes)
    on conflict (marketplace_id, model, listing_id) do update set codes = excluded.codes, changed = excluded.changed`);
  await tx.execute(sql`
    update search.meaning_text held set is_due = false
    from unnest(${ids}::uuid[], ${versions}::bigint[]) as done (listing_id, version)
    where held.marketplace_id = ${marketplaceId} and held.listing_id = done.listing_id and held.version = done.version`);
}

/** Vectors of a model that were kept after what was read, oldest first. */
export async function listVectors(
  queries: Queries,
  marketplaceId: string,
  { model, after, limit }: { readonly model: string; readonly after: VectorsRead; readonly limit: number },
): Promise<(MeaningVector & { readonly changed: number })[]> {
  const afterId = after.listingId === null ? NIL_UUID : uuidFromId(after.listingId);
  const rows = await queries.rows<{ listing_id: string; codes: Buffer | null; changed: number }>(sql`
    select listing_id, codes, changed from search.meaning_vector
    where marketplace_id = ${marketplaceId} and model = ${model}
      and (changed, listing_id) > (${after.changed}, ${afterId}::uuid)
    order by changed, listing_id limit ${limit}`);
  return rows.map(({ listing_id, codes, changed }) => ({
    listingId: idFromUuid('listing', listing_id),
    codes: codes === null ? null : new Int8Array(codes),
    changed,
  }));
}

/** A model before this one whose vectors are still there. In order, or PostgreSQL hopes to meet one soon and reads them all. */
export async function findOlderModel(
  queries: Queries,
  marketplaceId: string,
  model: string,
): Promise<string | undefined> {
  const row = await queries.row<{ model: string }>(sql`
    (select model from search.meaning_vector where marketplace_id = ${marketplaceId} and model < ${model} order by model limit 1)
    union all
    (select model from search.meaning_vector where marketplace_id = ${marketplaceId} and model > ${model} order by model limit 1)
    limit 1`);
  return row?.model;
}

/** Forgets the vectors of all other models. */
export async function forgetOtherModels(queries: Queries, marketplaceId: string, model: string): Promise<void> {
  await queries.execute(
    sql`delete from search.meaning_vector where marketplace_id = ${marketplaceId} and model <> ${model}`,
  );
}
