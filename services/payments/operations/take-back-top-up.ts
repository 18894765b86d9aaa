import { type Actor, invariant } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { payoutSourceOf } from '../domain/payout-source.ts';
import { topUpTakenBackPostings } from '../domain/postings.ts';
import type { PaymentRow } from '../store/payment.ts';
import { lockWallet } from '../store/wallet.ts';
import type { Dependencies } from './dependencies.ts';
import { holdWallet } from './hold-wallet.ts';

/**
 * Takes out of a wallet what went back of a locked top-up without our doing. A wallet that has less than that owes the
 * rest, and is put on hold.
 */
export async function takeBackTopUp(
  { ledger, clock }: Pick<Dependencies, 'ledger' | 'clock'>,
  tx: Transaction,
  actor: Actor,
  { id: paymentId, payer_member_id: payer, currency }: PaymentRow,
  taken: {
    readonly amountMinor: number;
    readonly key: string;
    readonly from: 'provider_clearing' | 'chargeback_receivable';
  },
): Promise<void> {
  invariant(payer !== null, 'a top-up is of a member');
  const { amountMinor, key, from } = taken;
  const time = clock();
  await lockWallet(tx, payer, time);
  const { availableMinor } = await ledger.lockOwner(tx, payoutSourceOf('member'), payer, currency);
  await ledger.post(tx, {
    key,
    kind: 'top_up_taken_back',
    subject: { paymentId },
    currency,
    postings: topUpTakenBackPostings(payer, amountMinor, availableMinor, from),
    time,
  });
  if (availableMinor >= amountMinor) return;
  const reason = 'A top-up went back to its card after it was spent.';
  await holdWallet(tx, payer, actor, { reason, isHeld: true, time });
}
