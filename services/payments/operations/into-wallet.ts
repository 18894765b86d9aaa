import type { Currency } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { payoutSourceOf } from '../domain/payout-source.ts';
import { walletDebtRepaidPostings } from '../domain/postings.ts';
import type { Ledger } from '../store/ledger.ts';

/** Money that comes into a member's wallet: whose, and what the repayment of their debt is booked as. */
type Coming = {
  readonly memberId: string;
  readonly currency: Currency;
  readonly paymentId: string;
  /** Of what brings it: it repays once. */
  readonly key: string;
  readonly time: Date;
};

/**
 * Brings money into a wallet by `bring`; what the wallet owes is paid back of it first. Its balance and debt are locked
 * before, as everywhere, so that nobody waits for another in a circle.
 */
export async function intoWallet<Brought>(
  tx: Transaction,
  ledger: Ledger,
  { memberId, currency, paymentId, key, time }: Coming,
  bring: () => Promise<Brought>,
): Promise<Brought> {
  const balance = () => ledger.lockOwner(tx, payoutSourceOf('member'), memberId, currency);
  const before = await balance();
  const brought = await bring();
  if (before.owedMinor === 0) return brought;
  const { availableMinor, owedMinor } = await balance();
  await ledger.post(tx, {
    key: `wallet-debt:${key}`,
    kind: 'wallet_debt_repaid',
    subject: { paymentId },
    currency,
    postings: walletDebtRepaidPostings(memberId, Math.min(availableMinor, owedMinor)),
    time,
  });
  return brought;
}
