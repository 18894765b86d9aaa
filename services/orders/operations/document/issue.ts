import { invariant } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import type { TaxDetails } from '../../contract/document.ts';
import { type DocumentReference, saleContent } from '../../domain/document/content.ts';
import { creditContent, creditedItems } from '../../domain/document/credit.ts';
import { seriesFor } from '../../domain/document/number.ts';
import { type DocumentRecord, documentsOfGroups, insertDocuments, type NewDocument } from '../../store/document.ts';
import { linesOfRefund } from '../../store/line-refund.ts';
import type { Sale } from '../../store/sale.ts';
import { taxDetailsOf } from '../../store/tax-details.ts';

/** Issues a document in this transaction: it is numbered when that commits, and never was when it does not. */
export async function issue(
  tx: Transaction,
  settings: MarketplaceSettings,
  document: NewDocument,
  now: Date,
): Promise<DocumentRecord> {
  const [issued] = await insertDocuments(tx, [numbered(settings, document, now)], now);
  invariant(issued !== undefined, 'what is inserted is answered');
  return issued;
}

/**
 * Issues the first document of each of these sales that has none: an invoice when the buyer gave tax details at the
 * checkout, else a receipt. Answers all documents of their groups. Groups of which nothing was paid have none. As many
 * statements for many sales as for one.
 */
export async function issueSales(
  tx: Transaction,
  settings: MarketplaceSettings,
  sales: readonly Sale[],
  now: Date,
): Promise<DocumentRecord[]> {
  const { marketplaceId } = tx;
  const groupIds = sales.map(({ group }) => group.id);
  const issued = await documentsOfGroups(tx, marketplaceId, groupIds);
  const missing = sales.filter(({ group }) => group.totalMinor > 0 && saleDocument(issued, group.id) === undefined);
  if (missing.length === 0) return issued;
  const storeIds = new Set(missing.map(({ group }) => group.storeId));
  const details = await taxDetailsOf(tx, marketplaceId, [...storeIds]);
  const wanted = missing.map(({ order, group }) => {
    const buyer = order.invoiceDetails;
    const store = details.get(group.storeId)?.details ?? null;
    const content = saleContent(order, group, { store, buyer }, settings);
    const kind = buyer === null ? 'receipt' : 'invoice';
    const document = { ...aboutGroup(order, group), kind, subject: `sale:${group.id}`, content } as const;
    return numbered(settings, document, now);
  });
  return [...issued, ...(await insertDocuments(tx, wanted, now))];
}

function numbered(settings: MarketplaceSettings, document: NewDocument, now: Date) {
  return { document, series: seriesFor(settings, document.kind, now) };
}

/** An invoice for a group that has a receipt. A second one is a unique violation. */
export async function issueInvoice(
  tx: Transaction,
  settings: MarketplaceSettings,
  { order, group }: Sale,
  { buyer, receipt }: { readonly buyer: TaxDetails; readonly receipt: DocumentRecord },
  now: Date,
): Promise<DocumentRecord> {
  const details = await taxDetailsOf(tx, tx.marketplaceId, [group.storeId]);
  const store = details.get(group.storeId)?.details ?? null;
  const content = saleContent(order, group, { store, buyer }, settings, [referenceTo(receipt)]);
  return issue(
    tx,
    settings,
    { ...aboutGroup(order, group), kind: 'invoice', subject: `invoice:${group.id}`, content },
    now,
  );
}

/** The credit note of a refund; the group's own document is issued first when it is not there yet. */
export async function issueCredit(
  tx: Transaction,
  settings: MarketplaceSettings,
  { order, group }: Sale,
  refund: { readonly refundId: string; readonly refundedMinor: number; readonly reason: string },
  now: Date,
): Promise<void> {
  const documents = await issueSales(tx, settings, [{ order, group }], now);
  const corrected = invoiceOf(documents, group.id) ?? saleDocument(documents, group.id);
  if (corrected === undefined || refund.refundedMinor === 0) return;
  const before = documents.filter(({ kind }) => kind === 'credit_note').map(({ content }) => content);
  const { refundId } = refund;
  const lines = await linesOfRefund(tx, tx.marketplaceId, { groupId: group.id, refundId });
  const items = creditedItems(group.quote, lines);
  const paper = { content: corrected.content, reference: referenceTo(corrected) };
  const content = creditContent(paper, before, { ...refund, items });
  if (content.totals.totalMinor === 0) return;
  const subject = `refund:${refund.refundId}`;
  await issue(tx, settings, { ...aboutGroup(order, group), kind: 'credit_note', subject, content }, now);
}

/** The receipt of a group, or the invoice that stands in its place. */
export function saleDocument(documents: readonly DocumentRecord[], groupId: string): DocumentRecord | undefined {
  return documents.find((each) => each.groupId === groupId && (each.kind === 'receipt' || each.kind === 'invoice'));
}

export function invoiceOf(documents: readonly DocumentRecord[], groupId: string): DocumentRecord | undefined {
  return documents.find((each) => each.groupId === groupId && each.kind === 'invoice');
}

function referenceTo({ id, kind, number }: DocumentRecord): DocumentReference {
  return { id, kind, number };
}

function aboutGroup(order: Sale['order'], group: Sale['group']) {
  return { issuer: 'store', storeId: group.storeId, orderId: order.id, groupId: group.id } as const;
}
