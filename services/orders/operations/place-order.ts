import { invariant, money, newId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { AfterPlacement, SellingDependencies } from '../dependencies.ts';
import type { CheckoutRecord } from '../domain/checkout.ts';
import { licenseKey, orderNumber, processNameFor } from '../domain/order.ts';
import { dueAction, initialState } from '../domain/process/process.ts';
import { licenseIssued, orderPlaced } from '../events.ts';
import { insertLicenses, type NewLicense } from '../store/license.ts';
import { useOffers } from '../store/offer.ts';
import { insertOrder, type NewGroup } from '../store/order.ts';

/** The order of a completed checkout, with a shipment group a store, each at the beginning of its process. */
export function placeOrder(dependencies: SellingDependencies): AfterPlacement['placeOrder'] {
  const { marketplaces, processes, signingKey } = dependencies;
  return async (tx, { checkout, payment, now }) => {
    const { marketplaceId } = tx;
    const { quote } = checkout;
    const settings = marketplaces.get(marketplaceId);
    const begun = quote.groups.map((group) => {
      const kinds = group.lines.map(({ kind }) => kind);
      const name =
        payment.state === 'due' ? settings.processes.cashOnDelivery : processNameFor(kinds, settings.processes);
      invariant(name !== undefined, `${marketplaceId} names no process`);
      return { group, loaded: processes.current(marketplaceId, name) };
    });
    const groups: NewGroup[] = begun.map(({ group, loaded }) => {
      const state = initialState(loaded.process);
      const due = dueAction(loaded.process, state, now);
      return {
        id: group.groupId,
        storeId: group.storeId,
        sellerMemberId: group.sellerMemberId,
        processName: loaded.name,
        processVersion: loaded.version,
        state,
        dueAction: due?.action ?? null,
        dueTime: due?.dueTime ?? null,
        quote: group,
        totalMinor: group.totalMinor,
      };
    });
    const number = orderNumber(marketplaceId, checkout.orderId);
    await insertOrder(
      tx.last,
      marketplaceId,
      {
        id: checkout.orderId,
        number,
        checkoutId: checkout.id,
        paymentId: payment.id,
        paymentMethod: { ...payment.method, walletMinor: payment.walletMinor },
        buyerMemberId: checkout.memberId,
        guestId: checkout.guestId,
        email: checkout.email,
        locale: checkout.locale,
        address: checkout.address,
        note: checkout.note,
        invoiceDetails: checkout.invoiceDetails,
        currency: quote.currency,
        placedTime: now,
        totals: {
          subtotal: quote.subtotalMinor,
          discount: quote.discountMinor,
          shipping: quote.shippingMinor,
          taxAdded: quote.taxAddedMinor,
          taxIncluded: quote.taxIncludedMinor,
          total: quote.totalMinor,
        },
      },
      groups,
    );
    const offerIds = quote.groups.flatMap(({ lines }) =>
      lines.flatMap(({ offerId }) => (offerId === null ? [] : [offerId])),
    );
    if (offerIds.length > 0) await useOffers(tx, marketplaceId, offerIds, checkout.orderId);
    const licensed = begun.filter(({ loaded }) => loaded.process.issuesLicense).map(({ group }) => group);
    await issueLicenses(tx, { checkout, number, now }, licensed, signingKey);
    await announcePlaced(tx, checkout, number, payment.state === 'due');
  };
}

async function issueLicenses(
  tx: Transaction,
  { checkout, number, now }: { readonly checkout: CheckoutRecord; readonly number: string; readonly now: Date },
  groups: CheckoutRecord['quote']['groups'],
  signingKey: string,
): Promise<void> {
  const licenses: NewLicense[] = groups.flatMap((group) =>
    group.lines
      .filter(({ kind }) => kind === 'digital')
      .map((line) => {
        const id = newId('license');
        return {
          id,
          key: licenseKey(id, signingKey),
          orderId: checkout.orderId,
          groupId: group.groupId,
          lineId: line.lineId,
          listingId: line.listingId,
          listingSlug: line.listingSlug,
          title: line.title,
          imageUrl: line.imageUrl,
          storeName: group.storeName,
          code: line.licenseCode,
          quantity: line.quantity,
          buyerMemberId: checkout.memberId,
        };
      }),
  );
  if (licenses.length === 0) return;
  await insertLicenses(tx, tx.marketplaceId, licenses, now);
  await tx.announce(licenseIssued, checkout.orderId, {
    ...faceOf(checkout, number),
    licenseIds: licenses.map(({ id }) => id),
  });
}

async function announcePlaced(
  tx: Transaction,
  checkout: CheckoutRecord,
  number: string,
  isDue: boolean,
): Promise<void> {
  const { quote } = checkout;
  await tx.announce(orderPlaced, checkout.orderId, {
    ...faceOf(checkout, number),
    total: money(quote.totalMinor, quote.currency),
    isDue,
    groups: quote.groups.map(({ groupId, storeId, storeName, sellerMemberId, totalMinor, lines }) => ({
      groupId,
      storeId,
      storeName,
      sellerMemberId,
      total: money(totalMinor, quote.currency),
      lines: lines.map(({ listingId, variantId, title, quantity }) => ({ listingId, variantId, title, quantity })),
    })),
  });
}

function faceOf({ orderId, memberId, email, locale }: CheckoutRecord, number: string) {
  return { orderId, number, buyerMemberId: memberId, email, locale };
}
