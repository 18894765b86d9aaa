import { Currency, harmlessCell, parseAmount } from '@plaza/kernel';
import { z } from 'zod';
import { readOperatorFile } from './operator-file.ts';
import type { OwnMovement, ReportLine } from './reconciliation.ts';
import { decimalOf } from './statement-file.ts';

const COLUMNS = ['subject', 'reference', 'amount', 'fee', 'currency'] as const;

const Row = z.object({
  subject: z.enum(['payment', 'refund', 'chargeback']),
  reference: z.string().min(1).max(200),
  amount: z.string(),
  fee: z.string().default(''),
  currency: Currency,
});

/**
 * A report as a file: CSV with the columns subject, reference, amount, fee and currency. Amounts are decimals with a
 * point, signed: what was paid back is negative. `time` is what all its lines get.
 * @throws INVALID_INPUT with line and column of each mistake
 */
export function reportFromCsv(text: string, time: Date): ReportLine[] {
  return readOperatorFile<z.output<typeof Row>, ReportLine>(text, {
    pointer: '/report',
    columns: COLUMNS,
    row: Row,
    lineOf: ({ amount, fee, currency, ...rest }) => {
      const amountMinor = signedAmount(amount, currency);
      if (amountMinor === undefined) return { mistake: { column: 'amount', ...noAmount(currency) } };
      const feeMinor = fee === '' ? 0 : signedAmount(fee, currency);
      if (feeMinor === undefined) return { mistake: { column: 'fee', ...noAmount(currency) } };
      return { ...rest, currency, amountMinor, feeMinor, time };
    },
  });
}

/** What our books say, in the same form: what a provider's report should say. */
export function csvOfMovements(movements: readonly OwnMovement[]): string {
  const rows = movements.map((each) =>
    [each.subject, quoted(each.reference), decimalOf(each.amountMinor, each.currency), '', each.currency].join(','),
  );
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

function noAmount(currency: Currency) {
  return {
    code: 'amount',
    detail: `must be an amount in ${currency} with a point, such as ${decimalOf(-123_450, currency)}`,
  };
}

function signedAmount(text: string, currency: Currency): number | undefined {
  const amount = parseAmount(text.replace(/^-/, ''), currency);
  return amount === undefined ? undefined : text.startsWith('-') ? -amount : amount;
}

/** References are the provider's words: quoted, and never a formula. */
function quoted(text: string): string {
  return `"${harmlessCell(text).replaceAll('"', '""')}"`;
}
