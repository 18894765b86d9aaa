import { invalidInput } from '@plaza/kernel';
import { parse } from 'csv-parse/sync';
import { BankResult } from '../contract/payout-desk.ts';

/** Lines of one file. */
const LINES_MAX = 1_000;

/**
 * Results as CSV with the columns payout_id, result, reason: the bank file with a column more is one too, for columns it
 * does not need are passed over. @throws INVALID_INPUT that names the line
 */
export function readBankResults(text: string): BankResult[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      to: LINES_MAX,
      relax_column_count: true,
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'must be CSV');
  }
  return rows
    .map((row, at) => ({ row, line: at + 2 }))
    .filter(({ row }) => (row.result ?? '') !== '')
    .map(({ row, line }) => {
      const reason = row.reason === undefined || row.reason === '' ? {} : { reason: row.reason };
      const result = BankResult.safeParse({ payoutId: row.payout_id, result: row.result?.toLowerCase(), ...reason });
      if (result.success) return result.data;
      throw wrong(`line ${line} must have a payout_id and a result: paid, failed, account_refused or returned`);
    });
}

function wrong(detail: string) {
  return invalidInput([{ pointer: '/text', code: 'bank_results', detail }]);
}
