import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context, encodeCursor, type Handler } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import type { searchContract } from '../contract.ts';
import { csvLines } from '../domain/csv.ts';
import { engineDocument } from '../domain/document.ts';
import { findGrades, keysOfQuery, listJudged, queryOfCursor } from '../store/judgements.ts';

/** Listings, or queries with all their grades, in one answer. */
const ROWS_AT_ONCE = 500;
/** As bench/relevance/judged-set.ts reads them. */
const COLUMNS = {
  listings: ['id', 'title', 'description', 'category', 'sku', 'attributes'],
  queries: ['query_id', 'query'],
  grades: ['query_id', 'listing_id', 'grade'],
} as const;

type Rows = { readonly rows: readonly (readonly (string | number)[])[]; readonly nextCursor: string | null };
export type ExportDependencies = Pick<Platform, 'database' | 'marketplaces'> & {
  readonly catalog: Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;
};

/** The judged set as files: everything on sale, so that what was found by others counts too. */
export function exportJudgements({
  database,
  marketplaces,
  catalog,
}: ExportDependencies): Handler<(typeof searchContract)['exportJudgements']> {
  async function listings(cursor: string | undefined, context: Context): Promise<Rows> {
    const page = await catalog.exportSearchDocuments(
      { limit: ROWS_AT_ONCE, ...(cursor === undefined ? {} : { cursor }) },
      asService('search', context),
    );
    const settings = marketplaces.get(context.marketplaceId);
    const rows = page.items.map((document) => {
      const { title, body, categoryNames, skus, attributes, tags } = engineDocument(settings, document).texts;
      return [document.id, title, body, categoryNames.join(' '), skus.join(' '), [...attributes, ...tags].join(' ')];
    });
    return { rows, nextCursor: page.nextCursor };
  }

  async function judged(part: 'queries' | 'grades', cursor: string | undefined, context: Context): Promise<Rows> {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const after = queryOfCursor(cursor);
    const page = await listJudged(queries, marketplaceId, { after, limit: ROWS_AT_ONCE });
    const names = page.map(({ query }) => query);
    const nextCursor = names.length === ROWS_AT_ONCE ? encodeCursor(keysOfQuery(names.at(-1) as string)) : null;
    if (part === 'queries') return { rows: names.map((name) => [name, name]), nextCursor };
    const rows = [...(await findGrades(queries, marketplaceId, names, null))].flatMap(([query, grades]) =>
      [...grades].map(([listingId, { average }]) => [query, listingId, average]),
    );
    return { rows, nextCursor };
  }

  return async ({ input: { part, cursor }, context }) => {
    const { rows, nextCursor } =
      part === 'listings' ? await listings(cursor, context) : await judged(part, cursor, context);
    return { csv: csvLines(cursor === undefined ? [COLUMNS[part], ...rows] : rows), nextCursor };
  };
}
