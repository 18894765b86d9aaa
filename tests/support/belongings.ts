import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { idFromUuid, newUuid, serviceContext, uuidFromId } from '@plaza/kernel';
import { mediaContract } from '@plaza/media/contract';
import { paymentsContract } from '@plaza/payments/contract';
import { eventually } from './eventually.ts';
import type { Plaza } from './plaza.ts';
import { ADDRESS, buy, type Offered, offer, openShop, type Shop } from './shop.ts';

/** One real thing of each kind that belongs to one member, a buyer and a seller at once: what others must not reach. */
export type Belongings = {
  readonly owner: Shop;
  readonly memberId: string;
  readonly storeId: string;
  readonly storeSlug: string;
  readonly listingId: string;
  readonly variantId: string;
  readonly digitalListingId: string;
  readonly importId: string;
  readonly couponId: string;
  readonly couponCode: string;
  readonly uploadId: string;
  readonly assetId: string;
  readonly addressId: string;
  readonly sessionId: string;
  readonly notificationId: string;
  readonly cartId: string;
  readonly lineId: string;
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly transferId: string;
  readonly accountId: string;
  readonly differenceId: string;
  readonly payoutAccountId: string;
  readonly payoutId: string;
  readonly batchId: string;
  readonly orderId: string;
  readonly groupId: string;
  readonly documentId: string;
  /** Of the order: a claim of the buyer's bank. */
  readonly chargebackId: string;
  readonly licenseId: string;
  readonly offerId: string;
  readonly savedMethodId: string;
  readonly savedSearchId: string;
  readonly reviewId: string;
  readonly subscriptionId: string;
  readonly subscriptionInvoiceId: string;
};

/** What only its owner, and who is at the other end of a sale, may see: the ids that must be in nobody else's lists. */
export function privateIdsOf(belongings: Belongings): string[] {
  const { owner: _owner, storeId: _store, storeSlug: _slug, listingId: _listing, ...rest } = belongings;
  const { variantId: _variant, digitalListingId: _digital, memberId: _member, assetId: _asset, ...secret } = rest;
  return Object.values(secret);
}

/** The house's own marketplaces, with offers in the one whose members sell, buy, license and bargain here. */
export async function bargainingMarketplaces(marketplace: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-marketplaces-'));
  await cp(fileURLToPath(new URL('../../marketplaces/', import.meta.url)), folder, { recursive: true });
  const file = path.join(folder, marketplace, 'marketplace.yaml');
  const settings = await readFile(file, 'utf8');
  const bargaining = settings
    .replace('offers: false', 'offers: true')
    .replace('processes: {', 'processes: { offer: offer,');
  if (bargaining === settings) throw new Error(`${marketplace} takes offers already, or in other words`);
  await writeFile(file, bargaining);
  return folder;
}

/** A member who sells and has bought, with something of everything. */
export async function gather(plaza: Plaza, marketplace: string): Promise<Belongings> {
  const owner = await openShop(plaza, marketplace, 'Belongings');
  const { client } = owner;
  const store = await client.catalog.getStore({ storeId: owner.storeId });
  const { listingId, variantId } = await offer(plaza, marketplace, owner);
  const upload = await client.media.createUpload({
    purpose: 'listing-image',
    filename: 'lamp.png',
    contentType: 'image/png',
    sizeBytes: 100,
  });
  const assetId = await storeFile(plaza, marketplace, owner);
  const digital = await offerBook(owner, assetId);
  const imported = await client.catalog.createImport({
    storeId: store.id,
    text: 'title,price\nVintage lamp,45.00\n',
    format: 'plain-csv',
  });
  const coupon = await client.marketing.createCoupon({
    code: `MINE${Date.now().toString(36).toUpperCase()}`,
    storeId: store.id,
    title: 'Mine',
    reduction: { kind: 'percent', rateBp: 1000 },
  });
  const saved = await client.payments.saveMethod({ token: 'pm_card_visa' });
  const plan = await eventually(() =>
    client.subscriptions.createSubscription({ ownerId: store.id, planId: 'plus', interval: 'month' }),
  );
  const address = await client.identity.createAddress({ ...ADDRESS, isDefault: true });
  const savedSearch = await client.discovery.createSavedSearch({ search: { q: 'brass lamp' } });
  const [session] = (await client.identity.listSessions({})).items;

  const others = await openShop(plaza, marketplace, 'Suppliers');
  const supply = await offer(plaza, marketplace, others, { stock: 50 });
  const book = await offerBook(others, await storeFile(plaza, marketplace, others));
  const offered = await client.orders.createOffer({ variantId: supply.variantId, priceMinor: 4000 });
  const bought = await buy(client, book.variantId, { email: owner.email });
  const orderId = bought.orderId ?? '';
  const order = await client.orders.getOrder({ orderId });
  const [held] = await plaza.rows<{ transfer: string; account: string }>(
    `select t.id as transfer, a.id as account from payments.transfer t join payments.entry e on e.transfer_id = t.id
     join payments.account a on a.id = e.account_id where t.order_id = '${uuidFromId(order.id)}' and a.owner = 'store' limit 1`,
  );
  const reviewId = await reviewBook(owner, book);
  const payable = await openPayout(plaza, marketplace, owner);
  const payments = plaza.internal('payments', paymentsContract);
  const service = serviceContext('system-test', marketplace, 'belongings');
  await payments.openSimulatedChargeback({ orderId: order.id }, service);
  const chargebackId = await eventually(async () => idOfFirst(await payments.listChargebacks({}, service)));
  const challenged = await buy(client, supply.variantId, { token: 'pm_card_challenge', email: owner.email });
  const cart = await client.orders.createCart({ variantId: supply.variantId });
  const licenseId = await eventually(async () => idOfFirst(await client.orders.listLicenses({})));
  const documentId = await eventually(async () =>
    idOfFirst(await client.orders.listOrderDocuments({ orderId: order.id })),
  );
  const notificationId = await eventually(async () => idOfFirst(await client.notifications.listNotifications({})));
  const open = await client.orders.getCheckout({ checkoutId: challenged.checkout.id });
  return {
    owner,
    memberId: owner.memberId,
    storeId: store.id,
    storeSlug: store.slug,
    listingId,
    variantId,
    digitalListingId: digital.listingId,
    importId: imported.id,
    couponId: coupon.id,
    couponCode: coupon.code,
    uploadId: upload.uploadId,
    assetId,
    addressId: address.id,
    sessionId: session?.id ?? '',
    notificationId,
    cartId: cart.id,
    lineId: cart.groups[0]?.lines[0]?.id ?? '',
    checkoutId: open.id,
    paymentId: open.payment?.paymentId ?? '',
    transferId: idFromUuid('transfer', held?.transfer ?? ''),
    accountId: idFromUuid('account', held?.account ?? ''),
    differenceId: await differ(plaza, marketplace),
    ...payable,
    orderId,
    groupId: order.groups[0]?.id ?? '',
    documentId,
    chargebackId,
    licenseId,
    offerId: offered.id,
    savedMethodId: saved.method?.id ?? '',
    savedSearchId: savedSearch.id,
    reviewId,
    subscriptionId: plan.subscription.id,
    subscriptionInvoiceId: plan.invoice?.id ?? '',
  };
}

/** The review of a book that was bought and downloaded. */
async function reviewBook({ client, email }: Shop, { variantId, listingId }: Offered): Promise<string> {
  const orderId = String((await buy(client, variantId, { email })).orderId);
  await client.orders.takeOrderAction({ orderId, action: 'download' });
  const review = { orderId, listingId, stars: 4, text: 'Words, well put.' };
  return (await eventually(() => client.reviews.createReview(review))).id;
}

/** Something that a provider reports of this marketplace, and the books do not have. */
async function differ(plaza: Plaza, marketplace: string): Promise<string> {
  const payments = plaza.internal('payments', paymentsContract);
  const context = serviceContext('system-test', marketplace, 'belongings');
  const report = `subject,reference,amount,fee,currency\npayment,of-nobody-in-${marketplace},12.00,,USD\n`;
  await payments.reconcileDay({ provider: 'simulated', day: '2026-11-20', report }, context);
  return idOfFirst(await payments.listDifferences({ limit: 1 }, context));
}

/** A store's payout account, and a payout in a batch: written as if it were of long ago, for there is nothing to pay out. */
async function openPayout(plaza: Plaza, marketplace: string, { client, storeId, memberId }: Shop) {
  const account = await client.payments.setPayoutAccount({
    ownerKind: 'store',
    ownerId: storeId,
    currency: 'USD',
    holderName: 'Belongings',
    account: { kind: 'us_bank', routingNumber: '021000021', accountNumber: '000123456789' },
  });
  const [payout, batch] = [newUuid(), newUuid()];
  const here = `'${marketplace}'`;
  await plaza.rows(`insert into payments.payout_batch (marketplace_id, id, provider, currency, state, payout_count, sum_minor, created_time)
    values (${here}, '${batch}', 'bank-file', 'USD', 'settled', 1, 100, now())`);
  await plaza.rows(`insert into payments.payout (marketplace_id, id, owner_kind, owner_id, member_id, amount_minor, currency, state,
      bank_name, holder_name, account_last4, provider, batch_id, created_time)
    values (${here}, '${payout}', 'store', '${uuidFromId(storeId)}', '${uuidFromId(memberId)}', 100, 'USD', 'canceled',
      'Bank', 'Belongings', '6789', 'bank-file', '${batch}', now())`);
  return {
    payoutAccountId: account.id,
    payoutId: idFromUuid('payout', payout),
    batchId: idFromUuid('payoutBatch', batch),
  };
}

function idOfFirst({ items }: { readonly items: readonly { readonly id: string }[] }): string {
  const [first] = items;
  if (first === undefined) throw new Error('There is none yet.');
  return first.id;
}

/** A file of a seller, to be sold. */
export async function storeFile(plaza: Plaza, marketplace: string, { memberId }: Shop): Promise<string> {
  const file = await plaza.internal('media', mediaContract).storeBytes(
    {
      purpose: 'listing-file',
      filename: 'book.txt',
      base64: Buffer.from('words').toString('base64'),
      ownerMemberId: memberId,
    },
    serviceContext('system-test', marketplace, 'belongings'),
  );
  return file.id;
}

/** A published digital listing with that file. */
export async function offerBook({ client, storeId }: Shop, assetId: string): Promise<Offered> {
  const draft = await client.catalog.createListing({
    storeId,
    kind: 'digital',
    title: 'A book',
    description: 'Words.',
    categoryId: 'books',
    variants: [{ price: { amountMinor: 900, currency: 'USD' }, onHand: null }],
  });
  await client.catalog.createRelease({
    listingId: draft.id,
    version: '1.0',
    files: [{ assetId }],
  });
  const listing = await client.catalog.publishListing({ listingId: draft.id });
  return { listingId: listing.id, slug: listing.slug, variantId: listing.variants[0]?.id ?? '' };
}
