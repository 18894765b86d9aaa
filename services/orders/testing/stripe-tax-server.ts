import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the next calculations go: as documented, refused, silent until the caller gives up, or about something else. */
export type Mood = 'answers' | 'refuses' | 'hangs' | 'lies';

export type StripeTaxServer = AsyncDisposable & {
  readonly url: string;
  mood: Mood;
  /** Every request as it came: its form, and what it was authorized with. */
  readonly requests: { readonly form: URLSearchParams; readonly authorization: string | undefined }[];
};

/**
 * Speaks Stripe Tax's protocol as its documentation shows it (https://docs.stripe.com/api/tax/calculations/create), with
 * rates of its own: New York's 4 % state and 4.875 % city on goods and shipping, nothing on what is exempt.
 */
export async function startStripeTax(): Promise<StripeTaxServer> {
  const requests: StripeTaxServer['requests'][number][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    requests.push({ form, authorization: request.headers.authorization });
    if (started.mood === 'hangs') return;
    const isRefused = started.mood === 'refuses' || request.url !== '/v1/tax/calculations';
    response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRefused ? REFUSAL : calculationOf(form, started.mood === 'lies')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const started: StripeTaxServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'answers',
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}

/** As recorded in the documentation for an address that Stripe does not know. */
const REFUSAL = {
  error: {
    code: 'customer_tax_location_invalid',
    message: 'We could not determine the customer’s tax location based on the provided customer address.',
    param: 'customer_details[address]',
    type: 'invalid_request_error',
  },
};

const RATES = [
  { display_name: 'Sales Tax', percentage_decimal: '4.0', tax_type: 'sales_tax', level: 'state' },
  { display_name: 'Sales Tax', percentage_decimal: '4.875', tax_type: 'sales_tax', level: 'city' },
];

function calculationOf(form: URLSearchParams, isLie: boolean) {
  const lines = [];
  for (let i = 0; form.has(`line_items[${i}][reference]`); i++) {
    const of = (name: string) => form.get(`line_items[${i}][${name}]`) ?? '';
    const amount = Number(of('amount')) + (isLie ? 1 : 0);
    const isExempt = of('tax_code') === 'txcd_00000000';
    const breakdown = RATES.map(({ level, ...tax_rate_details }) => ({
      amount: isExempt ? 0 : Math.round((amount * Number(tax_rate_details.percentage_decimal)) / 100),
      jurisdiction: { country: 'US', display_name: 'New York', level, state: 'NY' },
      sourcing: 'destination',
      tax_rate_details,
      taxability_reason: isExempt ? 'product_exempt' : 'standard_rated',
      taxable_amount: amount,
    }));
    lines.push({
      id: `tax_li_${i}`,
      object: 'tax.calculation_line_item',
      amount,
      amount_tax: breakdown.reduce((sum, each) => sum + each.amount, 0),
      livemode: false,
      product: null,
      quantity: 1,
      reference: of('reference'),
      tax_behavior: of('tax_behavior'),
      tax_code: of('tax_code'),
      tax_breakdown: breakdown,
    });
  }
  return {
    id: 'taxcalc_1OduxkBUZ691iUZ4iWvpMApI',
    object: 'tax.calculation',
    currency: form.get('currency'),
    line_items: { object: 'list', data: lines, has_more: false, url: '/v1/tax/calculations/taxcalc/line_items' },
  };
}
