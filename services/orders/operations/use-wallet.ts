import { type Context, Fault, money } from '@plaza/kernel';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CheckoutRecord, type WalletChoice, walletMinorOf } from '../domain/checkout.ts';
import { errors } from '../errors.ts';

/** What a buyer says of their wallet: whether to use it, and how much of it at most. */
type WalletWish = { readonly useWallet?: boolean | undefined; readonly walletUpToMinor?: number | undefined };

/**
 * What the buyer's wallet can pay now, asked in their name; null when they do not want to use it, and undefined when
 * they said nothing about it: a checkout without wallet asks nobody.
 * @throws WALLET_NOT_USABLE for guests, and where there are no wallets
 */
export async function walletChoice(
  { payments }: Pick<BuyingDependencies, 'payments'>,
  { useWallet, walletUpToMinor = Number.MAX_SAFE_INTEGER }: WalletWish,
  context: Context,
): Promise<WalletChoice | null | undefined> {
  if (useWallet === undefined) return undefined;
  if (!useWallet) return null;
  if (context.actor.kind !== 'member') throw errors.WALLET_NOT_USABLE({ problem: 'NOT_FOUND' });
  try {
    const { state, spendableMinor, verificationLevel } = await payments.getWallet({}, context);
    if (state === 'frozen') throw errors.WALLET_NOT_USABLE({ problem: 'FROZEN' });
    return { limitMinor: Math.min(spendableMinor, walletUpToMinor), verificationLevel };
  } catch (error) {
    throw walletRefusalFrom(error) ?? error;
  }
}

/**
 * Why nobody takes the rest that a wallet leaves, when that is because it is too little; undefined when it is not. Asked only
 * once the rest was refused.
 */
export async function restRefusal(
  { payments }: Pick<BuyingDependencies, 'payments'>,
  checkout: CheckoutRecord,
  service: Context,
): Promise<Fault | undefined> {
  const walletMinor = walletMinorOf(checkout);
  const { currency, totalMinor } = checkout;
  const rest = money(totalMinor - walletMinor, currency);
  if (walletMinor === 0 || rest.amountMinor === 0) return undefined;
  const { smallestMinor } = await payments.listPaymentMethods(rest, service);
  if (smallestMinor === null || rest.amountMinor >= smallestMinor) return undefined;
  return errors.REST_TOO_SMALL({
    rest,
    smallest: money(smallestMinor, currency),
    walletUpToMinor: Math.max(totalMinor - smallestMinor, 0),
  });
}

/** What payments refuses of a wallet, in the words of our contract; undefined for anything else. */
export function walletRefusalFrom(error: unknown): Fault | undefined {
  if (!(error instanceof Fault)) return undefined;
  switch (error.code) {
    case 'WALLET_NOT_FOUND':
      return errors.WALLET_NOT_USABLE({ problem: 'NOT_FOUND' });
    case 'WALLET_FROZEN':
      return errors.WALLET_NOT_USABLE({ problem: 'FROZEN' });
    case 'WALLET_BALANCE_TOO_LOW':
      return errors.WALLET_NOT_USABLE({ problem: 'BALANCE_TOO_LOW' });
    case 'WALLET_LIMIT_REACHED':
      return errors.WALLET_NOT_USABLE({ problem: 'LIMIT_REACHED' });
    default:
      return undefined;
  }
}
