import { cartOperations } from './contract/cart.ts';
import { checkoutOperations } from './contract/checkout.ts';
import { disputeOperations } from './contract/dispute.ts';
import { documentOperations } from './contract/document.ts';
import { earningsOperations } from './contract/earnings.ts';
import { endedGroupOperations } from './contract/ended-groups.ts';
import { guestOrderOperations } from './contract/guest-order.ts';
import { licenseOperations } from './contract/license.ts';
import { offerOperations } from './contract/offer.ts';
import { orderOperations } from './contract/order.ts';
import { parcelOperations } from './contract/parcels.ts';
import { returnOperations } from './contract/returns.ts';
import { sweepOperations } from './contract/sweep.ts';

export * from './contract/cart.ts';
export * from './contract/checkout.ts';
export * from './contract/dispute.ts';
export * from './contract/document.ts';
export * from './contract/earnings.ts';
export * from './contract/ended-groups.ts';
export * from './contract/guest-order.ts';
export * from './contract/license.ts';
export * from './contract/offer.ts';
export * from './contract/order.ts';
export * from './contract/parcels.ts';
export * from './contract/returns.ts';
export * from './contract/sweep.ts';

/** From the cart to the completed order: buying, and what follows. */
export const ordersContract = {
  ...cartOperations,
  ...checkoutOperations,
  ...orderOperations,
  ...guestOrderOperations,
  ...licenseOperations,
  ...offerOperations,
  ...earningsOperations,
  ...endedGroupOperations,
  ...disputeOperations,
  ...documentOperations,
  ...sweepOperations,
  ...parcelOperations,
  ...returnOperations,
};
