import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context, everyPage, Fault, type Handler } from '@plaza/kernel';
import { inSteps, type Platform } from '@plaza/runtime';
import { type IndexCheck, searchContract } from '../contract.ts';
import { engineDocument } from '../domain/document.ts';
import { differencesOf } from '../domain/index-check.ts';
import type { Change, HeldDocument, SearchEngine } from '../engine/engine.ts';
import { findIndexCheck, saveIndexCheck } from '../store/index-check.ts';

/** Documents asked of the catalog, and of the index, at once. */
const PAGE_DOCUMENTS = 500;
/** How long an event may be on its way before its listing counts as different. */
const SETTLED_MS = 60_000;
/** Ids of listings that differed, in the report. */
const LISTING_IDS_MAX = 20;

type Catalog = Pick<Client<typeof catalogContract>, 'exportSearchDocuments' | 'getListing'>;
export type IndexCheckDependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock'> & {
  readonly engine: SearchEngine;
  readonly catalog: Catalog;
};

export type IndexChecking = {
  check(context: Context): Promise<IndexCheck>;
  readonly checkSearchIndex: Handler<(typeof searchContract)['checkSearchIndex']>;
  readonly getSearchIndexCheck: Handler<(typeof searchContract)['getSearchIndexCheck']>;
};

/**
 * Walks catalog and index side by side, in order of ids, and mends what differs: a few statements for every 500 listings, and
 * one question more for each listing that the index has too many. Repeating it is safe, also while events come in.
 */
export function createIndexChecking(dependencies: IndexCheckDependencies): IndexChecking {
  const { database, marketplaces, clock, engine, catalog } = dependencies;

  async function check(context: Context): Promise<IndexCheck> {
    const { marketplaceId } = context;
    const settings = marketplaces.get(marketplaceId);
    const own = asService('search', context);
    const started = clock();
    const report = { listingCount: 0, missing: 0, outdated: 0, extra: 0 };
    const listingIds: string[] = [];
    let afterId = '';
    const pages = everyPage((place) => catalog.exportSearchDocuments({ limit: PAGE_DOCUMENTS, ...place }, own));
    for await (const { items, nextCursor } of pages) {
      const throughId = nextCursor === null ? null : (items.at(-1)?.id ?? afterId);
      const held = await heldBetween(engine, marketplaceId, afterId, throughId);
      const { missing, outdated, extra } = differencesOf(items, held, started.getTime() - SETTLED_MS);
      const gone: HeldDocument[] = [];
      for (const each of extra) if (!(await isOnSale(catalog, each.id, own))) gone.push(each);
      await engine.apply(marketplaceId, [
        ...[...missing, ...outdated].map((document): Change => {
          return { kind: 'document', document: engineDocument(settings, document), isAgain: true };
        }),
        ...gone.map(buried),
      ]);
      report.listingCount += items.length;
      report.missing += missing.length;
      report.outdated += outdated.length;
      report.extra += gone.length;
      listingIds.push(...[...missing, ...outdated, ...gone].map(({ id }) => id));
      afterId = throughId ?? afterId;
    }
    const result: IndexCheck = {
      ...report,
      listingIds: listingIds.slice(0, LISTING_IDS_MAX) as IndexCheck['listingIds'],
      startedTime: started.toISOString(),
      completedTime: clock().toISOString(),
    };
    await saveIndexCheck(database.read(marketplaceId), marketplaceId, result);
    return result;
  }

  return {
    check,
    checkSearchIndex: inSteps(database, searchContract.checkSearchIndex, ({ context }) => check(context)),
    getSearchIndexCheck: async ({ context: { marketplaceId } }) => ({
      check: (await findIndexCheck(database.read(marketplaceId), marketplaceId)) ?? null,
    }),
  };
}

async function heldBetween(
  engine: SearchEngine,
  marketplaceId: string,
  afterId: string,
  throughId: string | null,
): Promise<HeldDocument[]> {
  const held: HeldDocument[] = [];
  let last = afterId;
  let page: readonly HeldDocument[];
  do {
    page = await engine.held(marketplaceId, { afterId: last, throughId, limit: PAGE_DOCUMENTS });
    held.push(...page);
    last = page.at(-1)?.id ?? last;
  } while (page.length === PAGE_DOCUMENTS);
  return held;
}

/** Asked once more before a listing is taken out: it may have come on sale after the catalog's page was read. */
async function isOnSale(catalog: Catalog, listingId: string, own: Context): Promise<boolean> {
  try {
    return (await catalog.getListing({ listingId }, own)).state === 'published';
  } catch (error) {
    if (error instanceof Fault && error.code === 'LISTING_NOT_FOUND') return false;
    throw error;
  }
}

/** A tombstone over what is held; leaving sale made the listing's version at least this, so that its return is newer. */
function buried({ id, version, stockVersion }: HeldDocument): Change {
  const texts = { title: '', body: '', tags: [], skus: [], categoryNames: [], attributes: [] };
  const rest = { card: '', storeId: '', storeName: '', storeSlug: '', tokens: [], priceMinor: 0, publishedMs: 0 };
  const point = null;
  const stock = { stockVersion, freeQuantity: null, isInStock: false };
  return { kind: 'document', document: { id, version: version + 1, isListed: false, texts, point, ...rest, ...stock } };
}
