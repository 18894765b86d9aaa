import { type Context, type Handler, idFromUuid, newId, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { payoutFailedPostings, payoutPaidPostings, payoutPostings } from '../domain/postings.ts';
import { errors } from '../errors.ts';
import { payoutFailed, payoutPaid, payoutRequested } from '../events.ts';
import type { BankOutcome } from '../provider/simulated-bank.ts';
import { insertPayout, listUnsettledPayouts, type PayoutRow, payoutFrom, settlePayout } from '../store/payout.ts';
import { requireOwnStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';

/** How long the simulated bank takes. */
export const SETTLE_SECONDS = 60;

/** Payouts settled in one run. */
const PAYOUTS_MAX = 100;

/** A seller takes earned money out. */
export function requestPayout({
  database,
  ledger,
  bank,
  clock,
}: Dependencies): Handler<typeof paymentsContract.requestPayout> {
  return inTransaction(database, paymentsContract.requestPayout, async ({ input, context, tx }) => {
    const owner = await requireOwnStore(tx, context, input.storeId);
    const storeId = uuidFromId(input.storeId);
    const { amountMinor, currency } = input.amount;
    const { availableMinor } = await ledger.lockStore(tx, storeId, currency);
    if (availableMinor < amountMinor) throw errors.BALANCE_TOO_LOW({ availableMinor, currency });
    const { accountNumber, bankName, holderName } = input.destination;
    const account = bank.registerAccount(accountNumber);
    const payoutId = newId('payout');
    const time = clock();
    await ledger.post(tx, {
      key: `payout:${uuidFromId(payoutId)}`,
      kind: 'payout',
      subject: { payoutId: uuidFromId(payoutId) },
      currency,
      postings: payoutPostings(storeId, amountMinor),
      time,
    });
    const payout = await insertPayout(tx, {
      id: uuidFromId(payoutId),
      store_id: storeId,
      seller_member_id: owner,
      amount_minor: amountMinor,
      currency,
      bank_name: bankName,
      holder_name: holderName,
      account_last4: account.last4,
      bank_reference: account.reference,
      created_time: time,
    });
    await tx.announce(payoutRequested, payoutId, factsOf(payout));
    await tx.audit({
      action: 'payout.requested',
      subject: payoutId,
      actor: context.actor,
      details: { storeId: input.storeId, amountMinor, currency, last4: account.last4 },
    });
    return payoutFrom(payout);
  });
}

/** Asks the bank how payouts ended; those it refused return to the balance. */
export function settlePayouts(deps: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const createdBefore = new Date(deps.clock().getTime() - SETTLE_SECONDS * 1000);
    const queries = deps.database.read(marketplaceId);
    for (const payout of await listUnsettledPayouts(queries, marketplaceId, createdBefore, PAYOUTS_MAX)) {
      const outcome = await deps.bank.settle({ payoutId: payout.id, reference: payout.bank_reference });
      await bookSettlement(deps, marketplaceId, payout, outcome);
    }
  };
}

async function bookSettlement(
  { database, ledger, clock }: Dependencies,
  marketplaceId: string,
  payout: PayoutRow,
  outcome: BankOutcome,
): Promise<void> {
  await database.transaction(marketplaceId, async (tx) => {
    const time = clock();
    const failureReason = outcome.state === 'failed' ? outcome.reason : null;
    const settled = await settlePayout(tx, payout.id, { state: outcome.state, failureReason, time });
    if (settled === undefined) return;
    const { owedMinor } = await ledger.lockStore(tx, payout.store_id, payout.currency);
    await ledger.post(tx, {
      key: `payout-${outcome.state}:${payout.id}`,
      kind: outcome.state === 'paid' ? 'payout_paid' : 'payout_failed',
      subject: { payoutId: payout.id },
      currency: payout.currency,
      postings:
        outcome.state === 'paid'
          ? payoutPaidPostings(payout.store_id, payout.amount_minor)
          : payoutFailedPostings(payout.store_id, payout.amount_minor, owedMinor),
      time,
    });
    const facts = factsOf(settled);
    if (outcome.state === 'paid') await tx.announce(payoutPaid, facts.payoutId, facts);
    else await tx.announce(payoutFailed, facts.payoutId, { ...facts, failureReason: outcome.reason });
  });
}

function factsOf(payout: PayoutRow) {
  return {
    payoutId: idFromUuid('payout', payout.id),
    storeId: idFromUuid('store', payout.store_id),
    sellerMemberId: idFromUuid('member', payout.seller_member_id),
    amount: { amountMinor: payout.amount_minor, currency: payout.currency },
  };
}
