import { type Handlers, newUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { findChargeback } from '../store/chargeback.ts';
import { listHolds } from '../store/hold.ts';
import { findPayment } from '../store/payment.ts';
import { decideSimulatedDispute, findSimulatedDispute, insertSimulatedDispute } from '../store/simulated-dispute.ts';
import type { Dependencies } from './dependencies.ts';

/** The fee of a chargeback in minor units, whatever the currency: the 15 dollars that Stripe takes in the United States. */
const FEE_MINOR = 1_500;

/** How long the bank waits for evidence. */
const EVIDENCE_DAYS = 10;

type Operations = Pick<Handlers<typeof paymentsContract>, 'openSimulatedChargeback' | 'decideSimulatedChargeback'>;

/** The bank of a buyer who paid with the simulated provider. Its webhooks tell us, as a real provider's would. */
export function simulatedChargebacks({ database, clock }: Dependencies): Operations {
  return {
    openSimulatedChargeback: inTransaction(
      database,
      paymentsContract.openSimulatedChargeback,
      async ({ input, tx }) => {
        const [hold] = await listHolds(tx, tx.marketplaceId, uuidFromId(input.orderId));
        const payment = hold && (await findPayment(tx, tx.marketplaceId, hold.payment_id));
        if (payment?.provider !== 'simulated' || payment.captured_time === null) throw errors.PAYMENT_NOT_FOUND({});
        const now = clock();
        // The bank knows of its card alone.
        const ofCardMinor = payment.amount_minor - payment.wallet_minor;
        const row = {
          id: newUuid(),
          payment_id: payment.id,
          state: 'opened',
          amount_minor: Math.min(input.amountMinor ?? ofCardMinor, ofCardMinor),
          fee_minor: FEE_MINOR,
          currency: payment.currency,
          reason: input.reason,
          evidence_due_time: new Date(now.getTime() + EVIDENCE_DAYS * 86_400_000),
        } as const;
        await insertSimulatedDispute(tx, tx.marketplaceId, row, now);
        return { reference: row.id };
      },
    ),
    decideSimulatedChargeback: inTransaction(
      database,
      paymentsContract.decideSimulatedChargeback,
      async ({ input, tx }) => {
        const { marketplaceId } = tx;
        const chargeback = await findChargeback(tx, marketplaceId, uuidFromId(input.chargebackId));
        if (chargeback?.provider !== 'simulated') throw errors.CHARGEBACK_NOT_FOUND({});
        const { reference } = chargeback;
        const decided = await decideSimulatedDispute(tx, marketplaceId, reference, input.outcome, clock());
        if (decided === undefined) {
          const { state } = (await findSimulatedDispute(tx, marketplaceId, reference)) ?? chargeback;
          if (state !== input.outcome) throw errors.CHARGEBACK_CLOSED({ state });
        }
        return { reference };
      },
    ),
  };
}
