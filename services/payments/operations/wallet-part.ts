import type { Currency, VerificationLevel } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { walletPaymentPostings } from '../domain/postings.ts';
import { type LimitName, limitReached, limitsOf } from '../domain/wallet.ts';
import { errors } from '../errors.ts';
import type { Ledger } from '../store/ledger.ts';
import { dropWalletPart, type PaymentRow } from '../store/payment.ts';
import { resolve } from '../store/pending.ts';
import type { TransferOrder } from '../store/posting.ts';
import { lockWallet, readWalletBalance, readWalletUsage } from '../store/wallet.ts';
import type { Dependencies } from './dependencies.ts';
import { intoWallet } from './into-wallet.ts';

type Limits = Pick<Dependencies, 'marketplaces' | 'clock'>;

/**
 * Ends the wallet part of a locked payment with the payment. Captured after the part was free again, it is taken once
 * more; if it is not there any more, the payment is for what the provider brought, which then goes back like any money
 * that does not fit its checkout.
 */
export async function endWalletPart(
  tx: Transaction,
  ledger: Ledger,
  payment: PaymentRow,
  isCaptured: boolean,
  time: Date,
): Promise<void> {
  const { id, payer_member_id: payer, wallet_minor: walletMinor, currency } = payment;
  if (payer === null) return;
  const key = keyOf(id);
  const end = () => resolve(tx, ledger, { key, outcome: isCaptured ? 'posted' : 'voided', time });
  if (!isCaptured) {
    await intoWallet(tx, ledger, { memberId: payer, currency, paymentId: id, key, time }, end);
    return;
  }
  if ((await end()) === 'posted') return;
  const { state } = await lockWallet(tx, payer, time);
  const { availableMinor } = await readWalletBalance(tx, tx.marketplaceId, payer, currency);
  if (state === 'active' && availableMinor >= walletMinor) {
    await ledger.post(tx, { ...walletTransferOf(payment, payer), key: `late:${key}`, time });
  } else {
    await dropWalletPart(tx, payment);
  }
}

/** Locks a wallet that money is to leave. @throws WALLET_FROZEN */
export async function requireActiveWallet(tx: Transaction, memberId: string, time: Date): Promise<void> {
  const { state } = await lockWallet(tx, memberId, time);
  if (state === 'frozen') throw errors.WALLET_FROZEN({});
}

/** Refuses what goes beyond a limit, saying which, and what of it is used and left. The caller holds the wallet's lock. */
export async function requireWithinLimits(
  { marketplaces, clock }: Limits,
  tx: Transaction,
  asked: {
    readonly memberId: string;
    readonly level: VerificationLevel;
    readonly names: readonly LimitName[];
    readonly amountMinor: number;
    readonly currency: Currency;
  },
): Promise<void> {
  const { memberId, level, names, amountMinor, currency } = asked;
  const settings = walletSettings(marketplaces, tx.marketplaceId, currency);
  const usage = await readWalletUsage(tx, tx.marketplaceId, memberId, clock());
  const { availableMinor, reservedMinor } = await readWalletBalance(tx, tx.marketplaceId, memberId, currency);
  const held = availableMinor + reservedMinor + usage.comingMinor;
  const limits = limitsOf(settings.limits[level], held, usage);
  const limit = limitReached(limits, names, amountMinor);
  if (limit === undefined) return;
  throw errors.WALLET_LIMIT_REACHED({ limit, ...limits[limit], currency, verificationLevel: level });
}

/** The marketplace's wallet. @throws WALLET_NOT_FOUND where there is none, or none in this currency */
export function walletSettings(marketplaces: Dependencies['marketplaces'], marketplaceId: string, currency?: Currency) {
  const { wallet, currency: home } = marketplaces.get(marketplaceId);
  if (wallet === undefined || (currency ?? home) !== home) throw errors.WALLET_NOT_FOUND({});
  return wallet;
}

/** The transfer of a payment's wallet part, now or pending. */
export function walletTransferOf(payment: PaymentRow, payer: string): TransferOrder {
  return {
    key: keyOf(payment.id),
    kind: 'wallet_payment',
    subject: { paymentId: payment.id },
    currency: payment.currency,
    postings: walletPaymentPostings(payer, payment.wallet_minor),
    time: payment.created_time,
  };
}

function keyOf(paymentUuid: string): string {
  return `wallet:${paymentUuid}`;
}
