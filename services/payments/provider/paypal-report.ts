import { z } from 'zod';
import type { ReportLine } from '../domain/reconciliation.ts';
import type { PayPalClient } from './paypal-client.ts';
import { moneyOf } from './paypal-messages.ts';

const Amount = z.object({ currency_code: z.string(), value: z.string() });

/** What we read of Transaction Search (https://developer.paypal.com/docs/api/transaction-search/v1/). */
const Page = z.object({
  transaction_details: z
    .array(
      z.object({
        transaction_info: z.object({
          transaction_id: z.string(),
          /** What the transaction is about: a capture's order, a refund's capture. */
          paypal_reference_id: z.string().optional(),
          paypal_reference_id_type: z.string().optional(),
          transaction_event_code: z.string(),
          transaction_status: z.string().optional(),
          transaction_initiation_date: z.string(),
          transaction_amount: Amount,
          fee_amount: Amount.optional(),
          custom_field: z.string().optional(),
        }),
      }),
    )
    .default([]),
  total_pages: z.number().default(1),
});
type Info = z.output<typeof Page>['transaction_details'][number]['transaction_info'];

/** The most that PayPal gives at once. */
const PAGE_SIZE = 500;

/** Event codes by what they are about (https://developer.paypal.com/docs/transaction-search/transaction-event-codes/). */
const SUBJECTS: readonly [RegExp, ReportLine['subject']][] = [
  [/^T00/, 'payment'],
  [/^T11(07|08|10|11)$/, 'refund'],
  [/^T1(106|200|201|202|207)$/, 'chargeback'],
];

/** PayPal's transactions of a period, at most 31 days, as movements. Those it has not completed are not money yet. */
export async function* payPalReport(
  client: PayPalClient,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<ReportLine> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    const query = new URLSearchParams({
      start_date: from.toISOString(),
      end_date: to.toISOString(),
      fields: 'transaction_info',
      page_size: String(PAGE_SIZE),
      page: String(page),
    });
    const answer = Page.parse(await client.get(`/v1/reporting/transactions?${query}`));
    pages = answer.total_pages;
    for (const { transaction_info: info } of answer.transaction_details) {
      const line = lineOf(info);
      if (line !== undefined) yield line;
    }
  }
}

function lineOf(info: Info): ReportLine | undefined {
  const subject = SUBJECTS.find(([codes]) => codes.test(info.transaction_event_code))?.[1];
  const amount = signed(info.transaction_amount);
  if (subject === undefined || amount === undefined || (info.transaction_status ?? 'S') !== 'S') return undefined;
  const fee = info.fee_amount === undefined ? undefined : signed(info.fee_amount);
  // A payment is known here by its order; a refund and a dispute by their own names.
  const reference = subject === 'payment' ? (info.paypal_reference_id ?? info.transaction_id) : info.transaction_id;
  return {
    subject,
    reference,
    amountMinor: amount.amountMinor,
    feeMinor: -(fee?.amountMinor ?? 0),
    currency: amount.currency,
    time: new Date(info.transaction_initiation_date),
    ...(subject === 'refund' && info.custom_field !== undefined ? { refundId: info.custom_field } : {}),
  };
}

/** PayPal puts a sign before what left the account, fees too. */
function signed({ currency_code, value }: z.output<typeof Amount>) {
  const money = moneyOf({ currency_code, value: value.replace(/^-/, '') });
  return money === undefined
    ? undefined
    : { ...money, amountMinor: value.startsWith('-') ? -money.amountMinor : money.amountMinor };
}
