import { idSchema, Money, operation } from '@plaza/kernel';
import { ListingKind } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { orderErrors as errors } from './order-errors.ts';

const RateBp = z.int().min(0).max(10_000);
const AmountMinor = z.int().min(0).max(1_000_000_000_000);

/** A line of the marketplace's commission table, as operators read it. Absent conditions match everything. */
export const CommissionRuleLine = z
  .object({
    position: z.int().meta({ description: 'From 1; the first rule that matches a line applies.' }),
    categoryId: z.string().nullable().meta({ description: 'This category and all below it.' }),
    storeSlug: z.string().nullable(),
    kind: ListingKind.nullable(),
    fromMinor: z.int().nullable().meta({ description: 'For lines of at least this amount.' }),
    rateBp: z.int().meta({ description: 'Basis points: 1250 is 12.5 %.' }),
    minMinor: z.int().nullable(),
    maxMinor: z.int().nullable(),
    vatBp: z.int().meta({ description: "VAT on the commission, on the seller's account." }),
  })
  .meta({ id: 'CommissionRuleLine' });
export type CommissionRuleLine = z.output<typeof CommissionRuleLine>;

/** What is left of a price for its seller. `earnings` = the price − `commission` − `commissionVat`. */
export const Earnings = z
  .object({ rateBp: z.int(), commission: Money, commissionVat: Money, earnings: Money })
  .meta({ id: 'Earnings' });
export type Earnings = z.output<typeof Earnings>;

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

export const earningsOperations = {
  estimateEarnings: operation({
    summary: 'What a seller would earn from one sale at a price, and what another rate would leave',
    description:
      "By the very rules of a checkout, without coupons and shipping. With `storeId`, agreements with that store count: your own, or as an admin any store's. " +
      'With `rateBp`, the same sale is computed by those terms too: `whatIf`.',
    access: 'member',
    route: { method: 'GET', path: '/earnings-estimate' },
    input: z.object({
      amountMinor: AmountMinor.meta({ description: 'The price, in minor units of the marketplace’s currency.' }),
      categoryId: z.string().max(100),
      kind: ListingKind,
      storeId: idSchema('store').optional(),
      rateBp: RateBp.optional(),
      minMinor: AmountMinor.optional(),
      maxMinor: AmountMinor.optional(),
      vatBp: RateBp.optional(),
    }),
    output: z.object({
      price: Money,
      rule: z.int().nullable().meta({ description: 'Position of the rule that applies.' }),
      planDiscountBp: z.int().meta({ description: "What the store's plan takes off the rate; `current` has it." }),
      current: Earnings,
      whatIf: Earnings.nullable(),
    }),
    errors: [errors.STORE_NOT_FOUND],
    example: {
      input: { amountMinor: 10_000, categoryId: 'lamps', kind: 'physical', rateBp: 800 },
      output: {
        price: usd(10_000),
        rule: 2,
        planDiscountBp: 0,
        current: { rateBp: 500, commission: usd(500), commissionVat: usd(0), earnings: usd(9_500) },
        whatIf: { rateBp: 800, commission: usd(800), commissionVat: usd(0), earnings: usd(9_200) },
      },
    },
  }),
  listCommissionRules: operation({
    summary: "The marketplace's commission table, in the order in which it is read",
    access: ['admin'],
    route: { method: 'GET', path: '/commission-rules' },
    input: z.object({}),
    output: z.object({ items: z.array(CommissionRuleLine) }),
    example: {
      input: {},
      output: {
        items: [
          {
            position: 1,
            categoryId: null,
            storeSlug: null,
            kind: null,
            fromMinor: null,
            rateBp: 500,
            minMinor: null,
            maxMinor: null,
            vatBp: 0,
          },
        ],
      },
    },
  }),
};
