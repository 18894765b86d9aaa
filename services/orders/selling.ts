import type { Handlers } from '@plaza/kernel';
import type { Reaction, Timer } from '@plaza/runtime';
import type { disputeOperations } from './contract/dispute.ts';
import type { documentOperations } from './contract/document.ts';
import type { earningsOperations } from './contract/earnings.ts';
import type { endedGroupOperations } from './contract/ended-groups.ts';
import type { guestOrderOperations } from './contract/guest-order.ts';
import type { licenseOperations } from './contract/license.ts';
import type { offerOperations } from './contract/offer.ts';
import type { orderOperations } from './contract/order.ts';
import type { parcelOperations } from './contract/parcels.ts';
import type { returnOperations } from './contract/returns.ts';
import type { sweepOperations } from './contract/sweep.ts';
import type { AfterPlacement, SellingDependencies } from './dependencies.ts';
import { createDocuments } from './documents.ts';
import { chargebackEvidence } from './operations/chargeback-evidence.ts';
import { disputes } from './operations/disputes.ts';
import { dueOrders } from './operations/due-orders.ts';
import { endedGroups } from './operations/ended-groups.ts';
import { estimateEarnings } from './operations/estimate-earnings.ts';
import { claimingReaction, guestOrders } from './operations/guest-orders.ts';
import { hearChargebacks } from './operations/hear-chargebacks.ts';
import { hearPaybacks } from './operations/hear-paybacks.ts';
import { hearRefunds } from './operations/hear-refunds.ts';
import { licenses } from './operations/licenses.ts';
import { offers } from './operations/offers.ts';
import { orderActions } from './operations/order-actions.ts';
import { parcels } from './operations/parcels.ts';
import { placeOrder } from './operations/place-order.ts';
import { readOrders } from './operations/read-orders.ts';
import { refundLines } from './operations/refund-lines.ts';
import { returns } from './operations/returns.ts';
import { paymentSweeps, sweepTimer } from './operations/sweep-payments.ts';
import { keepOffers, lockedPrices } from './store/offer.ts';

/** The half of the service from the placed order on: orders by their processes, licenses, offers. */
export function createSelling(dependencies: SellingDependencies): {
  handlers: Handlers<
    typeof orderOperations &
      typeof guestOrderOperations &
      typeof licenseOperations &
      typeof offerOperations &
      typeof earningsOperations &
      typeof endedGroupOperations &
      typeof disputeOperations &
      typeof documentOperations &
      typeof sweepOperations &
      typeof parcelOperations &
      typeof returnOperations
  >;
  reactions: Reaction[];
  timers: Timer[];
  after: AfterPlacement;
} {
  const documents = createDocuments(dependencies);
  return {
    handlers: {
      ...readOrders(dependencies),
      ...endedGroups(dependencies),
      ...guestOrders(dependencies),
      ...orderActions(dependencies),
      ...licenses(dependencies),
      ...offers(dependencies),
      ...estimateEarnings(dependencies),
      ...disputes(dependencies),
      ...documents.handlers,
      ...paymentSweeps(dependencies),
      ...parcels(dependencies),
      ...returns(dependencies),
      ...refundLines(dependencies),
      ...chargebackEvidence(dependencies),
    },
    reactions: [
      claimingReaction(),
      ...hearRefunds(dependencies),
      ...hearPaybacks,
      ...hearChargebacks(dependencies),
      ...documents.reactions,
    ],
    timers: [dueOrders(dependencies), sweepTimer(dependencies), ...documents.timers],
    after: {
      placeOrder: placeOrder(dependencies),
      findLockedPrices: (queries, marketplaceId, offerIds, now) =>
        offerIds.length === 0 ? Promise.resolve([]) : lockedPrices(queries, marketplaceId, offerIds, now),
      keepOffers: (tx, offerIds, orderId) => keepOffers(tx, tx.marketplaceId, offerIds, orderId),
    },
  };
}
