import { type Context, type Handler, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Queries } from '@plaza/runtime';
import { paymentsContract, type SimulatedChallenge } from '../contract.ts';
import { errors } from '../errors.ts';
import { findPayment } from '../store/payment.ts';
import { decideSimulatedCharge, findSimulatedCharge, type SimulatedChargeRow } from '../store/simulated-charge.ts';
import { requireReadable } from './access.ts';
import type { Dependencies } from './dependencies.ts';

/** The page of the simulated bank. */
export function getSimulatedChallenge({
  database,
}: Dependencies): Handler<typeof paymentsContract.getSimulatedChallenge> {
  return async ({ input, context }) =>
    challengeFrom(await readCharge(database.read(context.marketplaceId), context, input.paymentId));
}

/** The buyer's answer at the simulated bank. It is told by webhook within seconds, and to whoever asks at once. */
export function completeSimulatedChallenge({
  database,
  clock,
}: Dependencies): Handler<typeof paymentsContract.completeSimulatedChallenge> {
  return inTransaction(database, paymentsContract.completeSimulatedChallenge, async ({ input, context, tx }) => {
    const wanted = input.outcome === 'approve' ? 'approved' : 'declined';
    const before = await readCharge(tx, context, input.paymentId);
    const decided = await decideSimulatedCharge(tx, tx.marketplaceId, before.payment_id, {
      state: wanted,
      webhookDueTime: clock(),
    });
    // A double click answers the same; a change of mind comes too late.
    if (decided === undefined && before.state !== wanted) throw errors.CHALLENGE_CLOSED({});
    return challengeFrom(decided ?? before);
  });
}

async function readCharge(queries: Queries, context: Context, paymentId: string): Promise<SimulatedChargeRow> {
  const id = uuidFromId(paymentId);
  requireReadable(await findPayment(queries, context.marketplaceId, id), context);
  const charge = await findSimulatedCharge(queries, context.marketplaceId, id);
  if (charge === undefined || charge.state === 'pending') throw errors.PAYMENT_NOT_FOUND({});
  return charge;
}

function challengeFrom(row: SimulatedChargeRow): SimulatedChallenge {
  return {
    paymentId: idFromUuid('payment', row.payment_id),
    state: row.state === 'pending' ? 'open' : row.state,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    kind: row.kind,
    last4: row.last4,
    returnUrl: row.return_url,
  };
}
