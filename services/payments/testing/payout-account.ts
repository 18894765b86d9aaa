import type { Client, Context, Currency, Id } from '@plaza/kernel';
import type { MarketplaceSettings, Marketplaces } from '@plaza/kernel/marketplace';
import type { BankAccountInput, PayoutAccount, paymentsContract } from '../contract.ts';

/** An account at the simulated bank, by its number: what it does with it stands in provider/simulated-bank.ts. */
export function usAccount(accountNumber = '000123456789'): BankAccountInput {
  return { kind: 'us_bank', routingNumber: '021000021', accountNumber };
}

/** The shipped marketplaces with payouts that need no patience: of any amount, of money that came just now, to an account of a moment ago. */
export function payingOutAtOnce(
  shipped: Marketplaces,
  more: Partial<MarketplaceSettings['payout']> = {},
): Marketplaces {
  const change = (settings: MarketplaceSettings): MarketplaceSettings => ({
    ...settings,
    payout: { ...settings.payout, minimumMinor: 1, holdDays: 0, accountChangeHours: 0, ...more },
  });
  return { ...shipped, get: (id) => change(shipped.get(id)), list: () => shipped.list().map(change) };
}

/** Enters an account for a store's money and verifies it by what the simulated bank's statement shows. */
export async function openPayoutAccount(
  payments: Client<typeof paymentsContract>,
  seller: Context,
  storeId: Id<'store'>,
  { account = usAccount(), currency = 'USD' }: { account?: BankAccountInput; currency?: Currency } = {},
): Promise<PayoutAccount> {
  const { idempotencyKey: _key, ...context } = seller;
  const confirmed: Context =
    context.actor.kind === 'member'
      ? { ...context, actor: { ...context.actor, confirmedTime: new Date(Date.now() + YEAR_MS).toISOString() } }
      : context;
  const entered = await payments.setPayoutAccount(
    { ownerKind: 'store', ownerId: storeId, currency, holderName: 'Ann Maker', account },
    confirmed,
  );
  const { amountsMinor } = await payments.getSimulatedDeposits({ payoutAccountId: entered.id }, confirmed);
  return payments.verifyPayoutAccount({ payoutAccountId: entered.id, amountsMinor }, confirmed);
}

/** Far enough for any test's clock. */
const YEAR_MS = 366 * 86_400_000;
