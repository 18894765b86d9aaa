import { z } from 'zod';
import type { QuoteTax } from '../domain/quote.ts';
import { EXEMPT } from '../domain/tax.ts';
import type { TaxEngine, TaxItem, TaxQuestion } from '../domain/tax-engine.ts';

/** As the payments service speaks to Stripe. */
const API_VERSION = '2026-10-28.endive';
/** Lines of one calculation, by Stripe's documentation; more are refused there. */
const ITEMS_MAX = 100;

/** Stripe's codes of what is taxed (https://docs.stripe.com/tax/tax-codes): in general, by what kind of thing it is. */
const TAX_CODES = {
  physical: 'txcd_99999999',
  digital: 'txcd_10000000',
  service: 'txcd_20030000',
  shipping: 'txcd_92010001',
  exempt: 'txcd_00000000',
} as const;

const Breakdown = z.object({
  amount: z.int(),
  tax_rate_details: z.object({ display_name: z.string(), percentage_decimal: z.string() }).nullable(),
});

/** The part of a calculation that we read: https://docs.stripe.com/api/tax/calculations/create */
const Calculation = z.object({
  id: z.string().nullable(),
  line_items: z.object({
    has_more: z.boolean(),
    data: z.array(
      z.object({
        reference: z.string(),
        amount: z.int(),
        amount_tax: z.int().min(0),
        tax_behavior: z.enum(['inclusive', 'exclusive']),
        tax_breakdown: z.array(Breakdown).nullish(),
      }),
    ),
  }),
});
type Line = z.output<typeof Calculation>['line_items']['data'][number];

export type StripeTaxSettings = {
  readonly secretKey: string;
  /** Without a slash at the end. */
  readonly apiBase: string;
  /** Whether listed prices contain the tax. */
  readonly pricesIncludeTax: boolean;
};

/**
 * Taxes by Stripe Tax's calculations. Each store's shipping is a line with the tax code of shipping, since a calculation
 * has one shipping cost and an order may ship from several stores.
 */
export function createStripeTax({ secretKey, apiBase, pricesIncludeTax }: StripeTaxSettings): TaxEngine {
  return {
    name: 'stripe-tax',
    async quote(question, signal) {
      if (question.items.length > ITEMS_MAX) throw new Error(`Stripe Tax takes ${ITEMS_MAX} lines at most`);
      const response = await fetch(`${apiBase}/v1/tax/calculations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secretKey}`, 'stripe-version': API_VERSION },
        body: formOf(question, pricesIncludeTax),
        signal,
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`Stripe Tax answered ${response.status}: ${codeOf(answer)}`);
      const { id, line_items: lines } = Calculation.parse(answer);
      return { reference: id, taxes: new Map(question.items.map((item) => [item.reference, taxOf(item, lines.data)])) };
    },
  };
}

function formOf({ currency, address, items }: TaxQuestion, pricesIncludeTax: boolean): URLSearchParams {
  const form = new URLSearchParams({
    currency: currency.toLowerCase(),
    'customer_details[address_source]': 'shipping',
    'customer_details[address][line1]': address.line1,
    'customer_details[address][city]': address.city,
    'customer_details[address][state]': address.region,
    'customer_details[address][postal_code]': address.postalCode,
    'customer_details[address][country]': address.countryCode,
    'expand[0]': 'line_items.data.tax_breakdown',
  });
  for (const [i, item] of items.entries()) {
    form.set(`line_items[${i}][reference]`, item.reference);
    form.set(`line_items[${i}][amount]`, String(item.amountMinor));
    form.set(`line_items[${i}][tax_code]`, taxCodeOf(item));
    form.set(`line_items[${i}][tax_behavior]`, pricesIncludeTax ? 'inclusive' : 'exclusive');
  }
  return form;
}

function taxCodeOf({ reference, kind, taxClass }: TaxItem): string {
  if (taxClass === EXEMPT) return TAX_CODES.exempt;
  return TAX_CODES[reference.startsWith('shipping:') ? 'shipping' : kind];
}

/** The tax on one item; refuses an answer that is not about what was asked. */
function taxOf({ reference, amountMinor }: TaxItem, lines: readonly Line[]): QuoteTax | null {
  const line = lines.find((each) => each.reference === reference);
  if (line === undefined || line.amount !== amountMinor) throw new Error('Stripe Tax did not answer what was asked');
  const isIncluded = line.tax_behavior === 'inclusive';
  if (isIncluded && line.amount_tax > amountMinor) throw new Error('Stripe Tax found more tax than price');
  const rates = (line.tax_breakdown ?? []).flatMap(({ tax_rate_details: rate, amount }) =>
    rate === null || amount === 0 ? [] : [rate],
  );
  if (line.amount_tax === 0 && rates.length === 0) return null;
  return {
    name: [...new Set(rates.map(({ display_name }) => display_name))].join(' + ') || 'Tax',
    // To be shown: states, counties and cities have rates of their own, and some have halves of basis points.
    rateBp: Math.round(rates.reduce((sum, { percentage_decimal }) => sum + Number(percentage_decimal) * 100, 0)),
    isIncluded,
    amountMinor: line.amount_tax,
  };
}

/** Stripe's code of a refusal. Its message may repeat the buyer's address, which has no place in a log. */
function codeOf(answer: unknown): string {
  const { error } = (answer ?? {}) as { error?: { code?: unknown; type?: unknown } };
  return String(error?.code ?? error?.type ?? 'no code');
}
