import { type Handler, invalidInput, invariant, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import type { HoldGroup, paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { WALLET } from '../provider/wallet.ts';
import type { HeldOrder } from '../store/hold.ts';
import { findPaymentOfCheckout, getPayment, insertPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { requireCashOffered } from './cash.ts';
import { chargeAtOnce } from './charge-at-once.ts';
import { chargeRemotely } from './charge-remotely.ts';
import type { Dependencies } from './dependencies.ts';
import { sharesOfGroups } from './hold-for-order.ts';
import { payFromWallet, reserveWalletPart } from './pay-from-wallet.ts';
import { type PreparedCharge, prepareCharge } from './prepare-charge.ts';

/**
 * Has a payment carried out: wholly from the payer's wallet (pay-from-wallet.ts), by a provider of our own that decides
 * at once (charge-at-once.ts), or by a provider across a network, which is written down before it is asked
 * (charge-remotely.ts). So is the rest of what a wallet pays a part of: that part is kept back first.
 */
export function createPayment(dependencies: Dependencies): Handler<typeof paymentsContract.createPayment> {
  const { database } = dependencies;
  return async ({ input, context: { marketplaceId } }) => {
    const { amount, allocations } = input;
    if (allocations !== undefined && sumOf(allocations) !== amount.amountMinor) {
      throw invalidInput([{ pointer: '/allocations', code: 'sum', detail: 'must sum to the amount' }]);
    }
    const order = input.order && heldOrderOf(input.order, amount.amountMinor);
    if (input.attempt > 1) {
      // An earlier try may have been captured late: money that is here is not asked for again.
      const checkoutId = uuidFromId(input.checkoutId);
      const earlier = await findPaymentOfCheckout(database.read(marketplaceId), marketplaceId, checkoutId);
      if (earlier?.state === 'captured' || earlier?.state === 'due') return paymentFrom(earlier);
    }

    const charge = await prepareCharge(dependencies, marketplaceId, input);
    const { provider, request, begun } = charge;
    if (provider?.name === WALLET) return paymentFrom(await payFromWallet(dependencies, marketplaceId, charge));
    if (provider?.abilities.isRemote || begun.wallet_minor > 0) {
      invariant(provider !== undefined, 'what a wallet leaves to pay is routed to a provider');
      const first = await writeDown(dependencies, marketplaceId, charge);
      return paymentFrom(await chargeRemotely(dependencies, provider, request, first));
    }
    if (provider?.abilities.collector !== undefined) await requireCashOffered(dependencies, marketplaceId, input);
    return paymentFrom(await chargeAtOnce(dependencies, charge, order));
  };
}

/** Writes a payment down as begun, with its wallet part kept back; a repeat finds it as it is by now. */
function writeDown(dependencies: Dependencies, marketplaceId: string, charge: PreparedCharge): Promise<PaymentRow> {
  const { begun, allocations } = charge;
  return dependencies.database.transaction(marketplaceId, async (tx) => {
    if (begun.wallet_minor > 0) return reserveWalletPart(dependencies, tx, charge);
    const isNew = await insertPayment(tx, begun, allocations, sql`false`);
    return isNew ? begun : getPayment(tx, marketplaceId, begun.id);
  });
}

/** What is held for an order must be what is paid. */
function heldOrderOf(
  { orderId, groups }: { readonly orderId: string; readonly groups: readonly HoldGroup[] },
  amountMinor: number,
): HeldOrder {
  sharesOfGroups(groups);
  const sumMinor = groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  if (sumMinor !== amountMinor) throw errors.HOLD_MISMATCH({ expectedMinor: amountMinor, actualMinor: sumMinor });
  return { orderId: uuidFromId(orderId), groups };
}

function sumOf(allocations: readonly { readonly amountMinor: number }[]): number {
  return allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
