import { type Context, idFromUuid, newUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { PaymentState } from '../contract.ts';
import { type DepositStanding, decideDeposit, minorOf } from '../domain/coin.ts';
import { surplusPostings } from '../domain/postings.ts';
import { paymentReorganized } from '../events.ts';
import { EVM } from '../provider/evm-deposit.ts';
import { oweCoins } from '../provider/owe-coins.ts';
import { sumChargebacks } from '../store/chargeback.ts';
import { lockDeposit, settleDepositRow } from '../store/coin-deposit.ts';
import { findToken } from '../store/coin-token.ts';
import { type CoinTransferRow, listLiveTransfers } from '../store/coin-transfer.ts';
import { lockPayment, type PaymentRow } from '../store/payment.ts';
import type { Dependencies } from './dependencies.ts';
import { followDispute } from './follow-chargeback.ts';
import { factsOf, followProvider } from './follow-provider.ts';

/** The chain as it was last looked at. `unsure`: hashes of blocks whose standing nobody could tell. */
export type ChainView = {
  readonly headBlock: number;
  readonly confirmations: number;
  readonly unsure: ReadonlySet<string>;
};

/** What lies at the address of a payment becomes money: captured if it is enough, and the rest owed to the buyer. */
export async function settleDeposit(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  paymentUuid: string,
  view: ChainView,
): Promise<void> {
  const payment = await lockPayment(tx, paymentUuid);
  const deposit = await lockDeposit(tx, paymentUuid);
  const token =
    deposit === undefined
      ? undefined
      : await findToken(tx, tx.marketplaceId, { chainId: deposit.chain_id, tokenAddress: deposit.token_address });
  if (deposit === undefined || token === undefined) return;
  const transfers = await listLiveTransfers(tx, tx.marketplaceId, paymentUuid);
  const confirmed = transfers.filter((each) => isConfirmed(each, view));
  const confirmedUnits = sumOf(confirmed);
  const standing: DepositStanding = {
    payment: standingOf(payment.state),
    dueMinor: payment.amount_minor,
    confirmedMinor: minorOf(confirmedUnits, payment.currency, token.decimals).minor,
    hasUnconfirmed: confirmed.length < transfers.length,
    owedMinor: deposit.owed_minor,
  };
  const { isCaptured, oweMinor, missingMinor } = decideDeposit(standing);
  if (isCaptured) await followProvider(tx, dependencies.ledger, payment, { state: 'captured' }, dependencies.clock());
  if (oweMinor > 0) await bookSurplus(dependencies, tx, context, payment, { oweMinor, chainId: deposit.chain_id });
  // What has too few confirmations yet may still make good for what vanished.
  if (!standing.hasUnconfirmed) await followReorganization(dependencies, tx, context, payment, missingMinor);
  const isGivenUp = standing.payment === 'closed' && !standing.hasUnconfirmed;
  const isDecided = isCaptured || standing.payment === 'captured' || isGivenUp;
  await settleDepositRow(tx, paymentUuid, {
    settledUnits: isDecided ? confirmedUnits.toString() : deposit.settled_units,
    owedMinor: deposit.owed_minor + oweMinor,
  });
}

/** By how many blocks a transfer is confirmed; the block that holds it is the first. */
export function confirmationsOf({ block_number }: CoinTransferRow, headBlock: number): number {
  return Math.max(0, headBlock - block_number + 1);
}

function isConfirmed(transfer: CoinTransferRow, { headBlock, confirmations, unsure }: ChainView): boolean {
  return confirmationsOf(transfer, headBlock) >= confirmations && !unsure.has(transfer.block_hash);
}

/** Keeps what nobody asked for as the buyer's, for an operator to send back. */
async function bookSurplus(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  { actor }: Context,
  payment: PaymentRow,
  { oweMinor, chainId }: { oweMinor: number; chainId: number },
): Promise<void> {
  const [id, time] = [newUuid(), clock()];
  await ledger.post(tx, {
    key: `surplus:${id}`,
    kind: 'surplus',
    subject: { paymentId: payment.id },
    currency: payment.currency,
    postings: surplusPostings(oweMinor),
    time,
  });
  await oweCoins(tx, payment, {
    id,
    kind: 'surplus',
    amount_minor: oweMinor,
    currency: payment.currency,
    chain_id: chainId,
    created_time: time,
  });
  await tx.audit({
    action: 'payback.owed',
    subject: idFromUuid('payback', id),
    actor,
    details: { paymentId: idFromUuid('payment', payment.id), amountMinor: oweMinor, currency: payment.currency },
  });
}

/**
 * Money that was captured and vanished with its block: an alarm, kept like a chargeback of which nobody took the money yet. It
 * is won when the money comes back into the chain, as transactions of lost blocks mostly do, and lost when an operator has
 * ruled who bears it: only then it is booked.
 */
async function followReorganization(
  dependencies: Dependencies,
  tx: Transaction,
  { actor }: Context,
  payment: PaymentRow,
  vanishedMinor: number,
): Promise<void> {
  const { open, lostMinor } = await sumChargebacks(tx, EVM, payment.id);
  const missingMinor = Math.max(0, vanishedMinor - lostMinor);
  const state = missingMinor === 0 ? 'won' : open?.ruling == null ? 'opened' : 'lost';
  const isNews = open === undefined ? state === 'opened' : state !== 'opened';
  if (!isNews) return;
  const missing = { amountMinor: missingMinor, currency: payment.currency };
  await followDispute(dependencies, tx, EVM, payment, {
    about: 'dispute',
    eventId: newUuid(),
    type: 'reorganization',
    reference: payment.provider_reference ?? '',
    disputeReference: open?.reference ?? `reorganization:${newUuid()}`,
    state,
    amount: missing,
    isTaken: state === 'lost',
    feeMinor: 0,
    reason: 'chain_reorganized',
    evidenceDueTime: null,
  });
  if (state === 'lost') return;
  const told = { state: state === 'opened' ? 'vanished' : 'returned', missing } as const;
  await tx.announce(paymentReorganized, idFromUuid('payment', payment.id), { ...factsOf(payment), ...told });
  await tx.audit({ action: 'payment.reorganized', subject: idFromUuid('payment', payment.id), actor, details: told });
}

function standingOf(state: PaymentState): DepositStanding['payment'] {
  switch (state) {
    case 'created':
    case 'requires_action':
    case 'pending':
    case 'due':
      return 'open';
    case 'captured':
    case 'partially_refunded':
    case 'refunded':
      return 'captured';
    case 'declined':
    case 'canceled':
      return 'closed';
    default:
      return state satisfies never;
  }
}

function sumOf(transfers: readonly CoinTransferRow[]): bigint {
  return transfers.reduce((sum, { units }) => sum + BigInt(units), 0n);
}
