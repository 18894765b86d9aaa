import type { catalogContract, SearchDocument } from '@plaza/catalog/contract';
import { asService, type Client, type Context, everyPage, newUuid } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { engineDocument } from '../domain/document.ts';
import type { SearchEngine } from '../engine/engine.ts';
import { findBuildId, saveBuild } from '../store/build.ts';
import { hasTexts } from '../store/meaning.ts';

const PAGE_DOCUMENTS = 500;
/** Pages that are written while the next one is read: an engine elsewhere works on one while the other is prepared. */
const PAGES_AT_ONCE = 2;

export type RebuildDependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock'> & {
  readonly engine: SearchEngine;
  readonly catalog: Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;
  /** Who else keeps something of the documents. */
  readonly tellAlso?: (marketplaceId: string, documents: readonly SearchDocument[]) => Promise<void>;
  /** Documents asked of the catalog at once. */
  readonly pageDocuments?: number;
};

/**
 * Fills indexes from the catalog. One rebuild a marketplace at a time: who asks meanwhile gets the same. Events that
 * arrive during it are kept, because their versions are higher.
 */
export function createRebuilding({
  database,
  marketplaces,
  clock,
  engine,
  catalog,
  tellAlso,
  pageDocuments = PAGE_DOCUMENTS,
}: RebuildDependencies) {
  const running = new Map<string, Promise<{ documentCount: number }>>();
  const sound = new Set<string>();

  async function run(context: Context): Promise<{ documentCount: number }> {
    const { marketplaceId } = context;
    const settings = marketplaces.get(marketplaceId);
    const own = asService('search', context);
    await engine.beginRebuild(marketplaceId);
    const pages = everyPage((place) => catalog.exportSearchDocuments({ limit: pageDocuments, ...place }, own));
    const put = async (documents: readonly SearchDocument[]): Promise<void> => {
      await engine.apply(
        marketplaceId,
        documents.map((document) => ({ kind: 'document', document: engineDocument(settings, document) })),
        { mayWait: true },
      );
      await tellAlso?.(marketplaceId, documents);
    };
    const underWay: Promise<void>[] = [];
    for await (const { items } of pages) {
      if (underWay.length >= PAGES_AT_ONCE) await underWay.shift();
      const page = put(items);
      // Waited for later, and not at all when another fails first.
      page.catch(() => {});
      underWay.push(page);
    }
    await Promise.all(underWay);
    const buildId = newUuid();
    const { documentCount } = await engine.finishRebuild(marketplaceId, buildId);
    await saveBuild(database.read(marketplaceId), marketplaceId, { buildId, documentCount, completedTime: clock() });
    sound.add(marketplaceId);
    return { documentCount };
  }

  const rebuild = (context: Context): Promise<{ documentCount: number }> => {
    const known = running.get(context.marketplaceId);
    if (known !== undefined) return known;
    const started = run(context).finally(() => running.delete(context.marketplaceId));
    running.set(context.marketplaceId, started);
    return started;
  };

  return {
    rebuild,
    /**
     * Rebuilds an index that is missing or of another database. Once it was found sound only the engine is asked: it
     * begins anew by itself when it finds a damaged file.
     */
    async ensure(context: Context): Promise<void> {
      const { marketplaceId } = context;
      const { buildId, documentCount } = await engine.status(marketplaceId);
      if (buildId !== null && sound.has(marketplaceId)) return;
      const queries = database.read(marketplaceId);
      const expected = await findBuildId(queries, marketplaceId);
      // An index may be older than the vectors.
      const isWithoutTexts = documentCount > 0 && !(await hasTexts(queries, marketplaceId));
      if (buildId === null || buildId !== expected || isWithoutTexts) await rebuild(context);
      else sound.add(marketplaceId);
    },
    /** Resolves when nothing is being rebuilt, whatever came of it. */
    async settle(): Promise<void> {
      await Promise.allSettled(running.values());
    },
  };
}
