import { Readable } from 'node:stream';
import { type Context, type Handlers, hasRole, type Id, money, newUuid, uuidFromId } from '@plaza/kernel';
import { fileLink, type Storage } from '@plaza/runtime';
import type { Document, documentOperations } from '../../contract/document.ts';
import type { SellingDependencies } from '../../dependencies.ts';
import type { DocumentPaper } from '../../document/document-pdf.ts';
import { documentLocale } from '../../document/texts.ts';
import { BOOKKEEPING_HEADER, bookkeepingRows } from '../../domain/document/bookkeeping.ts';
import { timesOfMonth } from '../../domain/document/number.ts';
import { errors } from '../../errors.ts';
import {
  countSeries,
  type DocumentRecord,
  documentsForFile,
  documentsOfGroups,
  findDocument,
  listDocuments,
} from '../../store/document.ts';
import { findOrder } from '../../store/order.ts';
import { openOrder, partiesOf } from '../open-order.ts';
import { requireStore } from './require-store.ts';

/** What a bookkeeper's file holds at most: 20,000 documents are some 5 MB. */
const DOCUMENTS_MAX = 20_000;

type Reading = Pick<
  Handlers<typeof documentOperations>,
  | 'listOrderDocuments'
  | 'getDocumentFile'
  | 'listStoreDocuments'
  | 'exportStoreDocuments'
  | 'listPlatformDocuments'
  | 'exportPlatformDocuments'
  | 'checkDocuments'
>;

/** Documents to look at, as lists and as files. */
export function readDocuments(dependencies: SellingDependencies): Reading {
  const { database, marketplaces, catalog, clock, storage } = dependencies;
  const periodOf = (context: Context, month: string | undefined) =>
    month === undefined ? undefined : timesOfMonth(month, marketplaces.get(context.marketplaceId).timeZone);
  const listed = async (
    context: Context,
    of: { storeId: Id<'store'> } | 'platform',
    { month, kind, ...page }: Parameters<Reading['listPlatformDocuments']>[0]['input'],
  ) => {
    const list = { of, kind, period: periodOf(context, month) };
    const found = await listDocuments(database.read(context.marketplaceId), context.marketplaceId, list, page);
    return { items: found.items.map(documentView), nextCursor: found.nextCursor };
  };
  const exported = async ({ marketplaceId }: Context, of: { storeId: Id<'store'> } | 'platform', month: string) => {
    const list = { of, period: timesOfMonth(month, marketplaces.get(marketplaceId).timeZone) };
    const found = await documentsForFile(database.read(marketplaceId), marketplaceId, list, DOCUMENTS_MAX + 1);
    if (found.length > DOCUMENTS_MAX) throw errors.TOO_MANY_DOCUMENTS({ documentsMax: DOCUMENTS_MAX });
    const key = `documents/${marketplaceId}/${newUuid()}.csv`;
    const contentType = 'text/csv; charset=utf-8';
    await storage.put(key, Readable.from([BOOKKEEPING_HEADER, ...found.map(bookkeepingRows)]), { contentType });
    return fileLink(storage, clock(), { key, filename: `documents-${month}.csv`, contentType });
  };

  return {
    async listOrderDocuments({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const order = await openOrder(queries, input.orderId, context);
      const own = order.groups.filter((group) => partiesOf(context, order, group).length > 0);
      const found = await documentsOfGroups(
        queries,
        context.marketplaceId,
        own.map(({ id }) => id),
      );
      return { items: found.map(documentView) };
    },
    async getDocumentFile({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const found = await findDocument(queries, context.marketplaceId, input.documentId);
      if (found === undefined || !(await mayRead(dependencies, found, context))) throw errors.DOCUMENT_NOT_FOUND({});
      const locale = documentLocale(context.locale);
      const key = `documents/${context.marketplaceId}/${uuidFromId(found.id)}-${locale}.pdf`;
      const contentType = 'application/pdf';
      // Drawn once and kept: a newer font or library changes no document that somebody has.
      if (!(await storage.exists(key))) await storage.put(key, await pdfOf(found, locale), { contentType });
      return fileLink(storage, clock(), { key, filename: `${found.number.replaceAll('/', '-')}.pdf`, contentType });
    },
    async listStoreDocuments({ input, context }) {
      const { storeId, ...list } = input;
      await requireStore(catalog, storeId, context);
      return listed(context, { storeId }, list);
    },
    async exportStoreDocuments({ input: { storeId, month }, context }) {
      await requireStore(catalog, storeId, context);
      return exported(context, { storeId }, month);
    },
    listPlatformDocuments: ({ input, context }) => listed(context, 'platform', input),
    async checkDocuments({ context: { marketplaceId } }) {
      const counted = await countSeries(database.read(marketplaceId), marketplaceId);
      return {
        documentCount: counted.reduce((sum, { documentCount }) => sum + documentCount, 0),
        broken: counted.filter(({ lastNumber, documentCount }) => lastNumber !== documentCount),
      };
    },
    exportPlatformDocuments: ({ input, context }) => exported(context, 'platform', input.month),
  };
}

/** A document as it stands in lists. */
export function documentView(document: DocumentRecord): Document {
  const { content, currency } = document;
  return {
    id: document.id,
    kind: document.kind,
    number: document.number,
    storeId: document.storeId,
    issuerName: content.issuer.name,
    recipientName: content.recipient.name,
    orderId: document.orderId,
    orderNumber: content.order?.number ?? null,
    groupId: document.groupId,
    month: content.month,
    tax: money(document.taxMinor, currency),
    total: money(document.totalMinor, currency),
    issueTime: document.issueTime.toISOString(),
  };
}

/** Of a sale its buyer, its seller and operators; of what the platform charged, the store's owner and admins. */
async function mayRead(
  { database, catalog }: SellingDependencies,
  document: DocumentRecord,
  context: Context,
): Promise<boolean> {
  if (document.orderId !== null) {
    const order = await findOrder(database.read(context.marketplaceId), context.marketplaceId, document.orderId);
    const group = order?.groups.find(({ id }) => id === document.groupId);
    return order !== undefined && group !== undefined && partiesOf(context, order, group).length > 0;
  }
  if (hasRole(context, 'admin')) return true;
  if (context.actor.kind !== 'member') return false;
  const { items } = await catalog.getMyStores({}, context);
  return items.some(({ id }) => id === document.storeId);
}

/** What draws PDFs is read when the first is asked for: it would take a fifth of a second of every start. */
async function pdfOf(
  paper: DocumentPaper,
  locale: ReturnType<typeof documentLocale>,
): Promise<Parameters<Storage['put']>[1]> {
  const { documentPdf } = await import('../../document/document-pdf.ts');
  return documentPdf(paper, locale) as Readable;
}
