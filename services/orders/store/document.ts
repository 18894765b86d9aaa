import { type Currency, type Id, idFromUuid, newUuid, pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { DocumentKind } from '../contract/document.ts';
import type { DocumentContent } from '../domain/document/content.ts';
import type { Series } from '../domain/document/number.ts';

/** The issuer of the marketplace's own documents, where others have a store. */
const PLATFORM = '00000000-0000-0000-0000-000000000000';

/** A document as it was issued. Nothing of it ever changes. */
export type DocumentRecord = {
  readonly id: Id<'document'>;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly storeId: Id<'store'>;
  readonly orderId: Id<'order'> | null;
  readonly groupId: Id<'shipmentGroup'> | null;
  readonly currency: Currency;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly content: DocumentContent;
  readonly issueTime: Date;
};

/** What is about to be issued. `subject` is what it is about, which has one document: an issue more is a unique violation. */
export type NewDocument = {
  readonly kind: DocumentKind;
  readonly issuer: 'store' | 'platform';
  readonly storeId: Id<'store'>;
  readonly orderId: Id<'order'> | null;
  readonly groupId: Id<'shipmentGroup'> | null;
  readonly subject: string;
  readonly content: DocumentContent;
};

type DocumentRow = {
  id: string;
  kind: DocumentKind;
  number: string;
  store_id: string;
  order_id: string | null;
  group_id: string | null;
  currency: Currency;
  tax_minor: number;
  total_minor: number;
  content: DocumentContent;
  issue_time: Date;
};

const columns = sql`id, kind, number, store_id, order_id, group_id, currency, tax_minor, total_minor, content, issue_time`;

function documentFrom(row: DocumentRow): DocumentRecord {
  return {
    id: idFromUuid('document', row.id),
    kind: row.kind,
    number: row.number,
    storeId: idFromUuid('store', row.store_id),
    orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
    groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
    currency: row.currency,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    content: row.content,
    issueTime: row.issue_time,
  };
}

/**
 * Issues documents with the next numbers of their series, in the order given, in one statement. A counter's row stays
 * locked until the transaction ends, so whoever comes at once waits, and takes the numbers when this one fails.
 */
export async function insertDocuments(
  tx: Transaction,
  documents: readonly { readonly document: NewDocument; readonly series: Series }[],
  now: Date,
): Promise<DocumentRecord[]> {
  const rows = documents.map(({ document, series }, place) => {
    const { taxAddedMinor, taxIncludedMinor, totalMinor } = document.content.totals;
    return {
      place,
      id: newUuid(),
      kind: document.kind,
      issuer: document.issuer === 'platform' ? PLATFORM : uuidFromId(document.storeId),
      store_id: uuidFromId(document.storeId),
      order_id: uuidOrNull(document.orderId),
      group_id: uuidOrNull(document.groupId),
      subject: document.subject,
      fiscal_year: series.fiscalYear,
      prefix: series.prefix,
      width: series.width,
      suffix: series.suffix,
      currency: document.content.currency,
      tax_minor: taxAddedMinor + taxIncludedMinor,
      total_minor: totalMinor,
      content: document.content,
    };
  });
  const issued = await tx.rows<DocumentRow>(sql`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as d (place int, id uuid, kind text, issuer uuid, store_id uuid,
        order_id uuid, group_id uuid, subject text, fiscal_year int, prefix text, width int, suffix text, currency text, tax_minor bigint,
        total_minor bigint, content json)),
    counter as (
      insert into orders.document_counter as c (marketplace_id, issuer, kind, fiscal_year, last_number, last_time)
      select ${tx.marketplaceId}, issuer, kind, fiscal_year, count(*), ${now} from given
      group by issuer, kind, fiscal_year order by issuer, kind, fiscal_year
      on conflict (marketplace_id, issuer, kind, fiscal_year)
        do update set last_number = c.last_number + excluded.last_number, last_time = greatest(c.last_time, excluded.last_time)
      returning issuer, kind, fiscal_year, last_number, last_time),
    numbered as (
      select given.*, last_time,
        last_number - count(*) over series + row_number() over (series order by place) as serial
      from given join counter using (issuer, kind, fiscal_year)
      window series as (partition by issuer, kind, fiscal_year))
    insert into orders.document (marketplace_id, id, kind, issuer, store_id, order_id, group_id, subject, fiscal_year, serial, number,
      currency, tax_minor, total_minor, content, issue_time)
    select ${tx.marketplaceId}, id, kind, issuer, store_id, order_id, group_id, subject, fiscal_year, serial,
      prefix || lpad(serial::text, greatest(width, length(serial::text)), '0') || suffix,
      currency, tax_minor, total_minor, content, last_time
    from numbered order by place returning ${columns}`);
  return issued.map(documentFrom);
}

export async function findDocument(
  queries: Queries,
  marketplaceId: string,
  documentId: string,
): Promise<DocumentRecord | undefined> {
  const row = await queries.row<DocumentRow>(sql`
    select ${columns} from orders.document where marketplace_id = ${marketplaceId} and id = ${uuidFromId(documentId)}`);
  return row && documentFrom(row);
}

/** Whether there is a document about it. */
export async function isIssued(tx: Transaction, subject: string): Promise<boolean> {
  const row = await tx.row(sql`
    select 1 from orders.document where marketplace_id = ${tx.marketplaceId} and subject = ${subject}`);
  return row !== undefined;
}

/** The documents of groups of an order, the oldest first. A group has a few. */
export async function documentsOfGroups(
  queries: Queries,
  marketplaceId: string,
  groupIds: readonly string[],
): Promise<DocumentRecord[]> {
  const rows = await queries.rows<DocumentRow>(sql`
    select ${columns} from orders.document
    where marketplace_id = ${marketplaceId} and group_id = any(${groupIds.map(uuidFromId)}::uuid[]) order by issue_time, id`);
  return rows.map(documentFrom);
}

type DocumentList = {
  /** Of a store: what it issued, and what it was sent. Of the platform: its own. */
  readonly of: { readonly storeId: Id<'store'> } | 'platform';
  readonly period?: { readonly from: Date; readonly to: Date } | undefined;
  readonly kind?: DocumentKind | undefined;
};

/** A page of documents, newest first. */
export async function listDocuments(
  queries: Queries,
  marketplaceId: string,
  list: DocumentList,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: DocumentRecord[]; nextCursor: string | null }> {
  const [time, id] = timeAndIdOfCursor(page.cursor);
  const after = time === null ? sql`` : sql`and (issue_time, id) < (${time}::timestamptz, ${id}::uuid)`;
  const rows = await queries.rows<DocumentRow>(sql`
    select ${columns} from orders.document where ${whereOf(marketplaceId, list)} ${after}
    order by issue_time desc, id desc limit ${page.limit + 1}`);
  return pageFrom(rows, page.limit, (row) => [row.issue_time.toISOString(), row.id], documentFrom);
}

/** The documents of a file, in the order in which they were issued; at most `limit`. */
export async function documentsForFile(
  queries: Queries,
  marketplaceId: string,
  list: DocumentList,
  limit: number,
): Promise<DocumentRecord[]> {
  const rows = await queries.rows<DocumentRow>(sql`
    select ${columns} from orders.document where ${whereOf(marketplaceId, list)} order by issue_time, id limit ${limit}`);
  return rows.map(documentFrom);
}

function whereOf(marketplaceId: string, { of, period, kind }: DocumentList): Sql {
  // The index of the marketplace's own holds what belongs to no order.
  const whose =
    of === 'platform' ? sql`issuer = ${PLATFORM} and order_id is null` : sql`store_id = ${uuidFromId(of.storeId)}`;
  const when = period === undefined ? sql`` : sql`and issue_time >= ${period.from} and issue_time < ${period.to}`;
  const which = kind === undefined ? sql`` : sql`and kind = ${kind}`;
  return sql`marketplace_id = ${marketplaceId} and ${whose} ${when} ${which}`;
}

function uuidOrNull(id: string | null): string | null {
  return id === null ? null : uuidFromId(id);
}

export type SeriesCount = {
  readonly kind: DocumentKind;
  readonly fiscalYear: number;
  readonly lastNumber: number;
  readonly documentCount: number;
};

/** How many documents each series has, beside its counter. Serials are unique and end at the counter: equal means no gap. */
export async function countSeries(queries: Queries, marketplaceId: string): Promise<SeriesCount[]> {
  const rows = await queries.rows<{
    kind: DocumentKind;
    fiscal_year: number;
    last_number: number;
    documents: number;
  }>(sql`
    select c.kind, c.fiscal_year, c.last_number, count(d.id) filter (where d.serial between 1 and c.last_number) as documents
    from orders.document_counter c left join orders.document d on d.marketplace_id = c.marketplace_id and d.issuer = c.issuer
      and d.kind = c.kind and d.fiscal_year = c.fiscal_year
    where c.marketplace_id = ${marketplaceId} group by c.issuer, c.kind, c.fiscal_year, c.last_number`);
  return rows.map((row) => ({
    kind: row.kind,
    fiscalYear: row.fiscal_year,
    lastNumber: row.last_number,
    documentCount: row.documents,
  }));
}
