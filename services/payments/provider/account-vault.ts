import { createHmac, hkdfSync } from 'node:crypto';
import { createSealer } from '@plaza/runtime';
import { z } from 'zod';
import { type BankAccount, canonicalOf } from '../domain/bank-account.ts';
import { testAmounts } from '../domain/payout-account.ts';

const Opened = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('thai_bank'), bankCode: z.string(), accountNumber: z.string() }),
  z.object({ kind: z.literal('promptpay'), promptPayId: z.string() }),
  z.object({ kind: z.literal('clabe'), clabe: z.string() }),
  z.object({ kind: z.literal('iban'), iban: z.string() }),
  z.object({ kind: z.literal('us_bank'), routingNumber: z.string(), accountNumber: z.string() }),
  z.object({ kind: z.literal('stripe_connect'), accountId: z.string() }),
]);

/** What bank accounts are kept in: the key is the installation's and not in the database, so that a copy of it tells nothing. */
export type AccountVault = {
  /** Opens only as the account of this marketplace and id. */
  seal(marketplaceId: string, payoutAccountId: string, account: BankAccount): string;
  open(marketplaceId: string, payoutAccountId: string, sealed: string): BankAccount;
  /** The same for the same account and no other, within an installation; says nothing about it. */
  fingerprint(account: BankAccount): string;
  /** The two amounts that test an account, in minor units. Computed, so that they are kept nowhere. */
  testAmounts(marketplaceId: string, payoutAccountId: string): readonly [number, number];
};

export function createAccountVault(signingKey: string): AccountVault {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', signingKey, '', `payments ${purpose}`, 32));
  const sealer = createSealer(signingKey, 'payments payout accounts');
  const naming = keyFor('fingerprints of payout accounts');
  const testing = keyFor('test deposits');
  const boundTo = (marketplaceId: string, payoutAccountId: string) => `${marketplaceId}\n${payoutAccountId}`;
  return {
    seal: (marketplaceId, payoutAccountId, account) => sealer.seal(account, boundTo(marketplaceId, payoutAccountId)),
    open: (marketplaceId, payoutAccountId, sealed) =>
      Opened.parse(sealer.open(sealed, boundTo(marketplaceId, payoutAccountId))),
    fingerprint: (account) => createHmac('sha256', naming).update(canonicalOf(account)).digest('hex').slice(0, 32),
    testAmounts: (marketplaceId, payoutAccountId) =>
      testAmounts(createHmac('sha256', testing).update(boundTo(marketplaceId, payoutAccountId)).digest()),
  };
}
