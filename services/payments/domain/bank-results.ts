import { invalidInput, isId, noneOf } from '@plaza/kernel';
import { z } from 'zod';
import { BankResult } from '../contract/payout-desk.ts';
import { readOperatorFile } from './operator-file.ts';

const Row = z.object({ payout_id: z.string(), result: z.string(), reason: z.string().max(200).default('') });

/**
 * What a bank did with a batch's payouts, as CSV with the columns payout_id, result and perhaps reason: the bank file with
 * these columns more is one too. Lines without a result are passed over.
 * @throws INVALID_INPUT with line and column of each mistake
 */
export function readBankResults(text: string, isInBatch: (payoutId: BankResult['payoutId']) => boolean): BankResult[] {
  const named = new Set<string>();
  const results = readOperatorFile<z.output<typeof Row>, BankResult>(text, {
    pointer: '/text',
    columns: ['payout_id', 'result'],
    row: Row,
    lineOf: ({ payout_id: payoutId, result: word, reason }) => {
      if (word === '') return undefined;
      const result = BankResult.shape.result.safeParse(word.toLowerCase());
      if (!result.success)
        return { mistake: { column: 'result', code: 'invalid_value', ...noneOf(BankResult.shape.result.options) } };
      if (!isId('payout', payoutId) || !isInBatch(payoutId))
        return { mistake: { column: 'payout_id', code: 'unknown', detail: 'is no payout of this batch' } };
      if (named.has(payoutId)) return { mistake: { column: 'payout_id', code: 'duplicate', detail: 'is there twice' } };
      named.add(payoutId);
      return { payoutId, result: result.data, ...(reason === '' ? {} : { reason }) };
    },
  });
  if (results.length === 0)
    throw invalidInput([{ pointer: '/text', code: 'no_results', detail: 'says of no payout how it ended' }]);
  return results;
}
