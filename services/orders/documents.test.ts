import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Context, type Id, newId } from '@plaza/kernel';
import { sql, type Transaction } from '@plaza/runtime';
import type { Document, TaxDetails } from './contract/document.ts';
import type { DocumentContent } from './domain/document/content.ts';
import { monthIn } from './domain/document/number.ts';
import { type DocumentRecord, insertDocuments } from './store/document.ts';
import { ADDRESS, type BuyingHost, listingOf, startBuying } from './testing/buying-host.ts';
import { refusedWith, sell, settle } from './testing/sold.ts';

const DETAILS: TaxDetails = {
  name: 'Ada Buying, S.A. de C.V.',
  taxId: 'GODE561231GR8',
  address: { line1: 'Calle Uno 1', city: 'Puebla', postalCode: '72000', countryCode: 'MX' },
};
const STORE_DETAILS: TaxDetails = {
  name: 'บริษัท แสงเก่า จำกัด',
  taxId: '1-2345-45678-78-1',
  address: { line1: '12 Charoen Krung Road', city: 'Bangkok', postalCode: '10500', countryCode: 'TH' },
};

let buying: BuyingHost;
before(async () => {
  buying = await startBuying();
});
after(() => buying[Symbol.asyncDispose]());

const documentsOf = async (orderId: Id<'order'>, reader: Context): Promise<Document[]> => {
  await settle(buying);
  return (await buying.orders.listOrderDocuments({ orderId }, reader)).items;
};
const fileBehind = (url: string) => readFile(path.join(buying.host.folder, new URL(url, 'http://files').pathname));

describe('documents of a sale', () => {
  test('payment issues a receipt, each refund a credit note', async () => {
    const sold = await sell(buying);
    const { buyer, orderId, groupId, group } = sold;
    const [receipt, ...none] = await documentsOf(orderId, buyer);
    assert.deepEqual([receipt?.kind, receipt?.total, none.length], ['receipt', group.total, 0]);
    assert.match(receipt?.number ?? '', /^REC-20\d\d-\d{6}$/);
    await buying.orders.refundOrder({ orderId, groupId, amountMinor: 500, reason: 'a scratch' }, buying.seller);
    await buying.orders.refundOrder({ orderId, groupId, amountMinor: 700, reason: 'a dent' }, buying.seller);
    await settle(buying);
    const all = await documentsOf(orderId, buying.seller);
    assert.deepEqual(
      all.map(({ kind, total }) => [kind, total.amountMinor]),
      [
        ['receipt', group.total.amountMinor],
        ['credit_note', 500],
        ['credit_note', 700],
      ],
    );
  });

  test('a refund of lines names them on its credit note', async () => {
    const { buyer, orderId, groupId, group } = await sell(buying, { quantity: 2 });
    const lines = [{ lineId: group.lines[0]?.id as Id<'orderLine'>, quantity: 1, isRestocked: false }];
    const refund = { orderId, groupId, lines, includesShipping: false, reason: 'returned' };
    await buying.orders.refundLines(refund, buying.seller);
    const [, credit] = await documentsOf(orderId, buyer);
    const [content] = await contentsOf(credit?.number ?? '');
    assert.deepEqual(
      content?.lines.map(({ title, amountMinor }) => [title, amountMinor]),
      [['1 × Vintage lamp', 4_500]],
    );
  });

  test('an invoice is made out once, when it is asked for, and refers to the receipt', async () => {
    const { buyer, orderId, groupId } = await sell(buying);
    const ask = (invoiceDetails: TaxDetails, asking = buyer) =>
      buying.orders.requestInvoice({ orderId, groupId, invoiceDetails }, asking);
    await assert.rejects(ask({ ...DETAILS, taxId: 'GODE561231GR9' }), refusedWith('INVALID_INPUT'));
    await assert.rejects(ask({ ...DETAILS, taxId: null }), refusedWith('INVALID_INPUT'));
    await assert.rejects(ask(DETAILS, buying.seller), refusedWith('ORDER_NOT_FOUND'));
    const asked = await Promise.allSettled([ask(DETAILS), ask(DETAILS), ask(DETAILS)]);
    assert.deepEqual(asked.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
    await assert.rejects(ask(DETAILS), refusedWith('INVOICE_ISSUED'));
    const [receipt, invoice, ...none] = await documentsOf(orderId, buyer);
    assert.deepEqual([invoice?.kind, invoice?.recipientName, none.length], ['invoice', DETAILS.name, 0]);
    const [content] = await contentsOf(invoice?.number ?? '');
    assert.deepEqual(content?.references[0]?.number, receipt?.number);
    assert.equal(content?.recipient.taxId, DETAILS.taxId);
  });

  test('tax details given at the checkout make the first document an invoice, which credit notes refer to', async () => {
    const { variantId } = await listingOf(buying);
    const buyer = buying.host.context();
    const checkout = await buying.orders.createCheckout(
      {
        buyNow: { variantId, quantity: 1 },
        email: 'ada@example.com',
        address: ADDRESS,
        payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
        invoiceDetails: DETAILS,
      },
      buyer,
    );
    assert.equal(checkout.invoiceDetails?.taxId, DETAILS.taxId);
    const { orderId } = await buying.orders.completeCheckout({ checkoutId: checkout.id }, buyer);
    assert.ok(orderId);
    const [invoice] = await documentsOf(orderId, buyer);
    assert.equal(invoice?.kind, 'invoice');
    const refund = { orderId, groupId: invoice?.groupId as Id<'shipmentGroup'>, amountMinor: 300, reason: 'late' };
    await buying.orders.refundOrder(refund, buying.seller);
    const [, credit] = await documentsOf(orderId, buyer);
    const [content] = await contentsOf(credit?.number ?? '');
    assert.deepEqual([content?.references[0]?.kind, content?.totals.totalMinor], ['invoice', 300]);
  });

  test('documents name the store as it says, from then on, and a wrong tax id is refused', async () => {
    const { orders, seller, storeId } = buying;
    const wrong = { ...STORE_DETAILS, taxId: '1234545678782' };
    await assert.rejects(orders.setStoreTaxDetails({ storeId, details: wrong }, seller), refusedWith('INVALID_INPUT'));
    const saved = await orders.setStoreTaxDetails({ storeId, details: STORE_DETAILS }, seller);
    assert.deepEqual([saved.details?.taxId, saved.version], ['1234545678781', 1]);
    // The second is more than the column holds.
    for (const expectedVersion of [7, 2 ** 40]) {
      const stale = { storeId, details: STORE_DETAILS, expectedVersion };
      await assert.rejects(orders.setStoreTaxDetails(stale, seller), refusedWith('VERSION_CONFLICT'));
    }
    const { orderId, buyer } = await sell(buying);
    assert.equal((await documentsOf(orderId, buyer))[0]?.issuerName, STORE_DETAILS.name);
  });

  test('strangers find nothing: no list, no file, no details, no month', async () => {
    const { orderId, buyer } = await sell(buying);
    const [receipt] = await documentsOf(orderId, buyer);
    const documentId = receipt?.id as Id<'document'>;
    const { orders, host, storeId } = buying;
    for (const stranger of [host.context({ roles: ['buyer', 'seller'] }), host.guest()]) {
      await assert.rejects(orders.listOrderDocuments({ orderId }, stranger), refusedWith('ORDER_NOT_FOUND'));
      await assert.rejects(orders.getDocumentFile({ documentId }, stranger), refusedWith('DOCUMENT_NOT_FOUND'));
    }
    const other = host.context({ roles: ['buyer', 'seller'] });
    const month = monthIn('UTC', host.now());
    await assert.rejects(orders.listStoreDocuments({ storeId }, other), refusedWith('STORE_NOT_FOUND'));
    await assert.rejects(orders.exportStoreDocuments({ storeId, month }, other), refusedWith('STORE_NOT_FOUND'));
    await assert.rejects(orders.getStoreTaxDetails({ storeId }, other), refusedWith('STORE_NOT_FOUND'));
    await assert.rejects(
      orders.setStoreTaxDetails({ storeId, details: STORE_DETAILS }, other),
      refusedWith('STORE_NOT_FOUND'),
    );
    await assert.rejects(orders.listPlatformDocuments({}, buying.seller), refusedWith('FORBIDDEN'));
    const elsewhere = { ...host.context({ roles: ['admin'] }), marketplaceId: 'jaikod' };
    await assert.rejects(orders.getDocumentFile({ documentId }, elsewhere), refusedWith('DOCUMENT_NOT_FOUND'));
    const operator = await orders.getDocumentFile({ documentId }, host.context({ roles: ['admin'] }));
    assert.ok(operator.url.length > 0);
  });

  test("an order of two stores has a receipt of each; neither seller finds the other's", async () => {
    const { host, catalog, orders } = buying;
    const seller = host.context({ roles: ['buyer', 'seller'] });
    const { id: storeId } = await catalog.createStore({ name: 'New Light' }, seller);
    const [{ variantId: ours }, { variantId: theirs }] = [
      await listingOf(buying),
      await listingOf({ catalog, seller, storeId }),
    ];
    const buyer = host.context();
    const cart = await orders.createCart({ variantId: ours, quantity: 1 }, buyer);
    await orders.addCartLine({ cartId: cart.id, variantId: theirs, quantity: 1 }, buyer);
    const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
    const given = { cartId: cart.id, email: 'ada@example.com', address: ADDRESS, payment };
    const checkout = await orders.createCheckout(given, buyer);
    const { orderId } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
    assert.ok(orderId);
    const all = await documentsOf(orderId, buyer);
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['receipt', 'receipt'],
    );
    const [own, ...none] = await documentsOf(orderId, seller);
    assert.deepEqual([own?.storeId, none.length], [storeId, 0]);
    assert.match(own?.number ?? '', /-000001$/, 'every store counts for itself');
    const documentId = own?.id as Id<'document'>;
    await assert.rejects(orders.getDocumentFile({ documentId }, buying.seller), refusedWith('DOCUMENT_NOT_FOUND'));
  });

  test('a file is the same bytes however often it is asked for, and every language has its own', async () => {
    const { orderId, buyer } = await sell(buying);
    const [receipt] = await documentsOf(orderId, buyer);
    const documentId = receipt?.id as Id<'document'>;
    const inLanguage = async (locale: string) => {
      const { url, filename } = await buying.orders.getDocumentFile({ documentId }, { ...buyer, locale });
      assert.equal(filename, `${receipt?.number}.pdf`);
      return fileBehind(url);
    };
    const english = await inLanguage('en');
    assert.equal(english.toString('latin1', 0, 5), '%PDF-');
    assert.ok(english.equals(await inLanguage('en')));
    assert.ok(!english.equals(await inLanguage('th')));
  });
});

test('a store lists its documents page by page, and a month is one file for the bookkeeper', async () => {
  const { orders, host, seller, storeId } = buying;
  const month = monthIn('UTC', host.now());
  const first = await orders.listStoreDocuments({ storeId, month, limit: 2 }, seller);
  assert.equal(first.items.length, 2);
  const seen = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const page = await orders.listStoreDocuments({ storeId, month, limit: 2, cursor }, seller);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
  assert.deepEqual((await orders.listStoreDocuments({ storeId, month: '2031-01' }, seller)).items, []);
  const file = await orders.exportStoreDocuments({ storeId, month }, seller);
  const rows = (await fileBehind(file.url)).toString('utf8').trim().split('\r\n').slice(1);
  assert.deepEqual(new Set(rows.map((row) => row.split(',')[0])), new Set(seen.map(({ number }) => number)));
});

test('numbers have no gaps and no doubles, though many are issued at once and every third fails', async () => {
  const storeId = newId('store');
  const database = buying.host.database('orders');
  const failed = new Error('provoked by a test');
  const issueOne = (i: number) =>
    database
      .transaction('bazaar', async (tx) => {
        const { number } = await issueEmpty(tx, storeId, `storm:${i}`);
        if (i % 3 === 0) throw failed;
        return number;
      })
      .catch((error: unknown) => {
        if (error !== failed) throw error;
      });
  const numbers = (await Promise.all(Array.from({ length: 60 }, (_, i) => issueOne(i)))).filter(
    (number) => number !== undefined,
  );
  assert.deepEqual(
    numbers.sort(),
    Array.from({ length: 40 }, (_, i) => `T-2026-${String(i + 1).padStart(3, '0')}`),
  );
  // The same thing twice: refused, and its number goes to the next.
  const again = database.transaction('bazaar', (tx) => issueEmpty(tx, storeId, 'storm:1'));
  await assert.rejects(again, { constraint: 'document_subject_unique' });
  const next = await database.transaction('bazaar', (tx) => issueEmpty(tx, storeId, 'storm:next'));
  assert.equal(next.number, 'T-2026-041');
  const check = () => buying.orders.checkDocuments({}, buying.host.service());
  assert.deepEqual((await check()).broken, []);
  await database.transaction('bazaar', (tx) =>
    tx.execute(sql`update orders.document_counter set last_number = 42 where last_number = 41 and kind = 'receipt'`),
  );
  const [broken, ...none] = (await check()).broken;
  assert.deepEqual([broken?.lastNumber, broken?.documentCount, none.length], [42, 41, 0]);
});

test('a month’s commission is charged once, with what was returned; what comes later is the next month’s', async () => {
  const { host, orders, seller, storeId } = buying;
  const admin = host.context({ roles: ['admin'] });
  const sold = await sell(buying);
  await orders.shipOrder(
    { orderId: sold.orderId, groupId: sold.groupId, carrier: 'Post', trackingNumber: '1' },
    seller,
  );
  await orders.confirmReceipt({ orderId: sold.orderId, groupId: sold.groupId }, sold.buyer);
  await settle(buying);
  const month = monthIn('UTC', host.now());
  assert.deepEqual((await orders.listPlatformDocuments({}, admin)).items, [], 'not before the month is over');
  host.advance({ days: 32 });
  await settle(buying);
  await settle(buying);
  const { items } = await orders.listPlatformDocuments({}, admin);
  const [invoice, ...others] = items.filter((each) => each.storeId === storeId);
  assert.deepEqual([invoice?.kind, invoice?.month, others.length], ['commission_invoice', month, 0]);
  const order = await orders.getOrder({ orderId: sold.orderId }, seller);
  assert.deepEqual(invoice?.total, order.groups[0]?.commission);
  const own = await orders.listStoreDocuments({ storeId, kind: 'commission_invoice' }, seller);
  assert.deepEqual(
    own.items.map(({ number }) => number),
    [invoice?.number],
  );
  assert.ok((await orders.getDocumentFile({ documentId: invoice?.id as Id<'document'> }, seller)).url);
  await assert.rejects(
    orders.getDocumentFile({ documentId: invoice?.id as Id<'document'> }, sold.buyer),
    refusedWith('DOCUMENT_NOT_FOUND'),
  );

  // Everything goes back in the next month: the commission too.
  const { orderId, groupId, group } = sold;
  const refund = { orderId, groupId, amountMinor: group.total.amountMinor, reason: 'broken' };
  await orders.refundOrder(refund, seller);
  await settle(buying);
  host.advance({ days: 32 });
  await settle(buying);
  const [credit] = (await orders.listPlatformDocuments({ kind: 'commission_credit_note' }, admin)).items;
  assert.deepEqual(credit?.total, invoice?.total);
  const file = await orders.exportPlatformDocuments({ month: monthIn('UTC', host.now()) }, admin);
  assert.match((await fileBehind(file.url)).toString('utf8'), /commission_credit_note/);
});

const SERIES = { fiscalYear: 2026, prefix: 'T-2026-', width: 3, suffix: '' };

async function issueEmpty(tx: Transaction, storeId: Id<'store'>, subject: string): Promise<DocumentRecord> {
  const [issued] = await insertDocuments(
    tx,
    [{ document: emptyDocument(storeId, subject), series: SERIES }],
    new Date(),
  );
  assert.ok(issued);
  return issued;
}

function emptyDocument(storeId: Id<'store'>, subject: string) {
  const party = { name: 'Old Light', tradeName: null, taxId: null, address: [], email: null };
  const content: DocumentContent = {
    currency: 'USD',
    timeZone: 'UTC',
    issuer: party,
    recipient: party,
    order: null,
    month: null,
    references: [],
    reason: null,
    lines: [],
    taxes: [],
    totals: {
      subtotalMinor: 0,
      discountMinor: 0,
      shippingMinor: 0,
      taxAddedMinor: 0,
      taxIncludedMinor: 0,
      totalMinor: 0,
    },
  };
  return { kind: 'receipt', issuer: 'store', storeId, orderId: null, groupId: null, subject, content } as const;
}

/** What is frozen in the document of this number. */
async function contentsOf(number: string): Promise<DocumentContent[]> {
  const rows = await buying.host
    .database('orders')
    .read('bazaar')
    .rows<{ content: DocumentContent }>(sql`select content from orders.document where number = ${number}`);
  return rows.map(({ content }) => content);
}
