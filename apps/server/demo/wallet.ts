import type { Client, Context } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { paymentsContract } from '@plaza/payments/contract';
import type { DemoAccounts } from './members.ts';

/** What filling the demo buyer's wallet, and opening stores, needs of payments. */
export type DemoPayments = Pick<
  Client<typeof paymentsContract>,
  'listWalletMovements' | 'topUpWallet' | 'setCashOnDelivery'
>;

/** Fills the demo buyer's wallet with the third of the suggested amounts, if nothing has ever moved in it. */
export async function seedWallet({
  payments,
  settings,
  context,
  accounts,
}: {
  readonly payments: DemoPayments;
  readonly settings: MarketplaceSettings;
  readonly context: Context;
  readonly accounts: DemoAccounts;
}): Promise<void> {
  const amountMinor = settings.wallet?.topUp.suggestedMinor.at(2);
  if (amountMinor === undefined) return;
  const buyer: Context = {
    ...context,
    actor: { kind: 'member', memberId: accounts.buyer, roles: ['buyer'], verificationLevel: 1 },
  };
  const { items } = await payments.listWalletMovements({ limit: 1 }, buyer);
  if (items.length > 0) return;
  const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
  await payments.topUpWallet({ amount: { amountMinor, currency: settings.currency }, payment }, buyer);
}
