import { Currency, type FieldError, invalidInput, parseAmount } from '@plaza/kernel';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { OwnMovement, ReportLine } from './reconciliation.ts';
import { decimalOf } from './statement-file.ts';

/** Mistakes told at once; who has more has the wrong file. */
const MISTAKES_MAX = 20;

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
 * @throws INVALID_INPUT with the line of each mistake
 */
export function reportFromCsv(text: string, time: Date): ReportLine[] {
  const lines = rowsOf(text);
  const mistakes: FieldError[] = [];
  const found = lines.flatMap(({ record, info: { lines: number } }): ReportLine[] => {
    const row = Row.safeParse(record);
    if (!row.success) {
      const [issue] = row.error.issues;
      mistakes.push(mistakeAt(number, `${String(issue?.path[0] ?? '')} ${issue?.message ?? 'is not right'}`));
      return [];
    }
    const { amount, fee, currency, ...rest } = row.data;
    const [amountMinor, feeMinor] = [signedAmount(amount, currency), fee === '' ? 0 : signedAmount(fee, currency)];
    if (amountMinor === undefined || feeMinor === undefined) {
      mistakes.push(
        mistakeAt(number, `${amountMinor === undefined ? 'amount' : 'fee'} must be a decimal of ${currency}`),
      );
      return [];
    }
    return [{ ...rest, currency, amountMinor, feeMinor, time }];
  });
  if (mistakes.length > 0) throw invalidInput(mistakes.slice(0, MISTAKES_MAX));
  return found;
}

/** What our books say, in the same form: what a provider's report should say. */
export function csvOfMovements(movements: readonly OwnMovement[]): string {
  const rows = movements.map((each) =>
    [each.subject, quoted(each.reference), decimalOf(each.amountMinor, each.currency), '', each.currency].join(','),
  );
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

type ParsedRow = { readonly record: Record<string, string>; readonly info: { readonly lines: number } };

function rowsOf(text: string): ParsedRow[] {
  try {
    return parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }) as never;
  } catch (cause) {
    const { lines = 1 } = cause as { lines?: number };
    throw invalidInput([mistakeAt(lines, 'cannot be read as CSV')]);
  }
}

function mistakeAt(line: number, what: string): FieldError {
  return { pointer: '/report', code: 'csv', detail: `line ${line}: ${what}` };
}

function signedAmount(text: string, currency: Currency): number | undefined {
  const amount = parseAmount(text.replace(/^-/, ''), currency);
  return amount === undefined ? undefined : text.startsWith('-') ? -amount : amount;
}

/** References are the provider's words: quoted, and never the beginning of a formula in somebody's spreadsheet. */
function quoted(text: string): string {
  return `"${text.replace(/^[=+@\t-]/, "'$&").replaceAll('"', '""')}"`;
}
