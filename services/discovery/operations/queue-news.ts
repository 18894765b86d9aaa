import type { SearchDocument } from '@plaza/catalog/contract';
import type { Database } from '@plaza/runtime';
import { newsAmong } from '../domain/listing-news.ts';
import { findHeld, hasListeners, queueNews } from '../store/listing-news.ts';

/** Queues what documents of listings tell those who saved searches, beside what is held of these listings; nothing where nobody did. */
export function queueNewsOf({ database, clock }: { readonly database: Database; readonly clock: () => Date }) {
  return async (marketplaceId: string, documents: readonly SearchDocument[]): Promise<void> => {
    const published = documents.filter(({ state }) => state === 'published');
    if (published.length === 0) return;
    const queries = database.read(marketplaceId);
    if (!(await hasListeners(queries, marketplaceId))) return;
    const ids = [...new Set(published.map(({ id }) => id))];
    const news = newsAmong(published, await findHeld(queries, marketplaceId, ids));
    await queueNews(queries, marketplaceId, news, clock());
  };
}
