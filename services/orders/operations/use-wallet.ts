import { type Context, Fault } from '@plaza/kernel';
import type { BuyingDependencies } from '../dependencies.ts';
import type { WalletChoice } from '../domain/checkout.ts';
import { errors } from '../errors.ts';

/**
 * What the buyer's wallet can pay now, asked in their name; null when they do not want to use it, and undefined when
 * they said nothing about it: a checkout without wallet asks nobody.
 * @throws WALLET_NOT_USABLE for guests, and where there are no wallets
 */
export async function walletChoice(
  { payments }: Pick<BuyingDependencies, 'payments'>,
  useWallet: boolean | undefined,
  context: Context,
): Promise<WalletChoice | null | undefined> {
  if (useWallet === undefined) return undefined;
  if (!useWallet) return null;
  if (context.actor.kind !== 'member') throw errors.WALLET_NOT_USABLE({ problem: 'NOT_FOUND' });
  try {
    const { state, spendableMinor, verificationLevel } = await payments.getWallet({}, context);
    if (state === 'frozen') throw errors.WALLET_NOT_USABLE({ problem: 'FROZEN' });
    return { limitMinor: spendableMinor, verificationLevel };
  } catch (error) {
    throw walletRefusalFrom(error) ?? error;
  }
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
