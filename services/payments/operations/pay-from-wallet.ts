import { sql, type Transaction } from '@plaza/runtime';
import { errors } from '../errors.ts';
import { findPayment, insertPayment, type PaymentRow } from '../store/payment.ts';
import { reserve } from '../store/pending.ts';
import { postingOf } from '../store/posting.ts';
import { lockWallet, readWalletBalance } from '../store/wallet.ts';
import type { Dependencies } from './dependencies.ts';
import { announceOutcome } from './follow-provider.ts';
import type { PreparedCharge } from './prepare-charge.ts';
import { requireWithinLimits, walletSettings, walletTransferOf } from './wallet-part.ts';

/**
 * How long a wallet's part waits for a payment that no provider decides; then it is free again. A capture told later
 * takes it once more, if it is still there.
 */
const RESERVED_HOURS = 24;

/** Pays all of a payment out of the payer's wallet: one transaction, without anybody to ask. */
export function payFromWallet(
  dependencies: Dependencies,
  marketplaceId: string,
  charge: PreparedCharge,
): Promise<PaymentRow> {
  return dependencies.database.transaction(marketplaceId, (tx) =>
    once(dependencies, tx, charge, async (payer) => {
      const { begun } = charge;
      const payment: PaymentRow = {
        ...begun,
        state: 'captured',
        provider_reference: begun.id,
        captured_time: begun.created_time,
        next_ask_time: null,
      };
      const transfer = walletTransferOf(payment, payer);
      await dependencies.ledger.openIn(tx, transfer.currency, transfer.postings);
      await insertPayment(tx, payment, charge.allocations, postingOf(marketplaceId, transfer));
      await announceOutcome(tx, payment);
      return payment;
    }),
  );
}

/** Begins a payment with its wallet part kept back: written down together, before anybody is asked for the rest. */
export function reserveWalletPart(
  dependencies: Dependencies,
  tx: Transaction,
  charge: PreparedCharge,
): Promise<PaymentRow> {
  return once(dependencies, tx, charge, async (payer) => {
    const { begun, allocations } = charge;
    await insertPayment(tx, begun, allocations, sql`false`);
    const expireTime = new Date(begun.created_time.getTime() + RESERVED_HOURS * 3_600_000);
    await reserve(tx, dependencies.ledger, { ...walletTransferOf(begun, payer), expireTime });
    return begun;
  });
}

/** Locks the payer's wallet, answers a payment that is there already, else checks that the wallet may pay and begins it. */
async function once(
  dependencies: Dependencies,
  tx: Transaction,
  { begun, level }: PreparedCharge,
  begin: (payer: string) => Promise<PaymentRow>,
): Promise<PaymentRow> {
  const { payer_member_id: payer, wallet_minor: amountMinor, currency } = begun;
  walletSettings(dependencies.marketplaces, tx.marketplaceId, currency);
  if (payer === null) throw errors.WALLET_NOT_FOUND({});
  const { state } = await lockWallet(tx, payer, dependencies.clock());
  const first = await findPayment(tx, tx.marketplaceId, begun.id);
  if (first !== undefined) return first;
  if (state === 'frozen') throw errors.WALLET_FROZEN({});
  const { availableMinor } = await readWalletBalance(tx, tx.marketplaceId, payer, currency);
  if (availableMinor < amountMinor) throw errors.WALLET_BALANCE_TOO_LOW({ availableMinor, currency });
  const names = ['payPerDay'] as const;
  await requireWithinLimits(dependencies, tx, { memberId: payer, level, names, amountMinor, currency });
  return begin(payer);
}
