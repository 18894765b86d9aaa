import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidInput } from '@plaza/kernel';
import { z } from 'zod';
import type { PaymentMethodToken } from '../contract.ts';

/** What the simulated provider does with a card. */
const CardOutcome = z.enum(['captured', 'challenge', 'late', 'card_declined', 'insufficient_funds', 'expired_card']);
export type CardOutcome = z.output<typeof CardOutcome>;

/** The only numbers it takes, as Stripe's test mode has them (https://docs.stripe.com/testing), so that nobody enters a real card. */
const TEST_CARDS: Readonly<Record<string, { brand: string; outcome: CardOutcome; isSavable?: true }>> = {
  '4242424242424242': { brand: 'visa', outcome: 'captured' },
  '5555555555554444': { brand: 'mastercard', outcome: 'captured' },
  '378282246310005': { brand: 'amex', outcome: 'captured' },
  '3566002020360505': { brand: 'jcb', outcome: 'captured' },
  '4000000000000002': { brand: 'visa', outcome: 'card_declined' },
  '4000000000009995': { brand: 'visa', outcome: 'insufficient_funds' },
  '4000000000000069': { brand: 'visa', outcome: 'expired_card' },
  '4000002500003155': { brand: 'visa', outcome: 'challenge' },
  '4000000000000077': { brand: 'visa', outcome: 'late' },
  // Can be saved, and is declined when it is charged.
  '4000000000000341': { brand: 'visa', outcome: 'card_declined', isSavable: true },
};

/** Tokens that stand for a test card without sealing one first: for tests, benchmarks and `curl`. */
const TEST_TOKENS: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_declined: '4000000000000002',
  pm_card_challenge: '4000002500003155',
  pm_card_late: '4000000000000077',
  pm_card_chargeCustomerFail: '4000000000000341',
};

const TOKEN_SECONDS = 3_600;

const SealedCard = z.object({
  marketplaceId: z.string(),
  brand: z.string(),
  last4: z.string(),
  outcome: CardOutcome,
  isSavable: z.literal(true).optional(),
  expiryMonth: z.int().default(12),
  expiryYear: z.int().default(2034),
  expireSeconds: z.int(),
});

export type Card = {
  readonly brand: string;
  readonly last4: string;
  readonly outcome: CardOutcome;
  readonly isSavable?: true | undefined;
  readonly expiryMonth: number;
  readonly expiryYear: number;
};

/** What the test tokens say of their cards. */
const TEST_EXPIRY = { expiryMonth: 12, expiryYear: 2034 } as const;

/** Cards in sealed tokens: what is inside was signed by us, and the card's number is not inside. */
export type CardVault = {
  /** @throws INVALID_INPUT when the number is no test card, or the card has expired. */
  seal(
    marketplaceId: string,
    card: { number: string; expiryMonth: number; expiryYear: number },
    now: Date,
  ): z.output<typeof PaymentMethodToken>;
  /** A token that is good as long as the card is, to be kept; undefined when a bank would not let it be saved. */
  keep(marketplaceId: string, card: Card): string | undefined;
  /** The card of a token; undefined when the token is not ours, of another marketplace, or too old. */
  open(marketplaceId: string, token: string, now: Date): Card | undefined;
};

export function createCardVault(signingKey: string): CardVault {
  const sign = (payload: string) =>
    createHmac('sha256', signingKey).update(`payments.card:${payload}`).digest('base64url');
  const tokenOf = (sealed: z.input<typeof SealedCard>): string => {
    const payload = Buffer.from(JSON.stringify(sealed)).toString('base64url');
    return `pmt_${payload}.${sign(payload)}`;
  };
  return {
    seal(marketplaceId, card, now) {
      const number = card.number.replaceAll(/[ -]/g, '');
      const known = TEST_CARDS[number];
      if (known === undefined) {
        throw invalidInput([
          { pointer: '/number', code: 'test_card_only', detail: 'must be a test card, such as 4242 4242 4242 4242' },
        ]);
      }
      // A card is good until the end of its month.
      if (Date.UTC(card.expiryYear, card.expiryMonth) <= now.getTime()) {
        throw invalidInput([{ pointer: '/expiryMonth', code: 'expired', detail: 'must not be in the past' }]);
      }
      const expireSeconds = Math.floor(now.getTime() / 1000) + TOKEN_SECONDS;
      const last4 = number.slice(-4);
      const { expiryMonth, expiryYear } = card;
      const token = tokenOf({ marketplaceId, ...known, last4, expiryMonth, expiryYear, expireSeconds });
      return {
        token,
        kind: 'card',
        brand: known.brand,
        last4,
        expireTime: new Date(expireSeconds * 1000).toISOString(),
      };
    },
    keep(marketplaceId, card) {
      const isDeclined = card.outcome !== 'captured' && card.outcome !== 'challenge' && card.outcome !== 'late';
      if (isDeclined && card.isSavable !== true) return undefined;
      const expireSeconds = Math.floor(Date.UTC(card.expiryYear, card.expiryMonth) / 1000);
      return tokenOf({ marketplaceId, ...card, expireSeconds });
    },
    open(marketplaceId, token, now) {
      const testNumber = TEST_TOKENS[token];
      const testCard = testNumber === undefined ? undefined : TEST_CARDS[testNumber];
      if (testNumber !== undefined && testCard !== undefined)
        return { ...testCard, ...TEST_EXPIRY, last4: testNumber.slice(-4) };
      const [payload = '', signature = ''] = token.slice('pmt_'.length).split('.');
      const expected = Buffer.from(sign(payload));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
      const sealed = SealedCard.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      const isGood = sealed.marketplaceId === marketplaceId && sealed.expireSeconds * 1000 > now.getTime();
      const { brand, last4, outcome, isSavable, expiryMonth, expiryYear } = sealed;
      return isGood ? { brand, last4, outcome, isSavable, expiryMonth, expiryYear } : undefined;
    },
  };
}
