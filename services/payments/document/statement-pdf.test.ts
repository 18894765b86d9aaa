import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { StatementLine } from '../contract.ts';
import { statementPdf } from './statement-pdf.ts';

async function* linesOf(count: number): AsyncGenerator<StatementLine> {
  for (let i = 0; i < count; i++) {
    yield {
      transferId: 'trf_01k9w6x8f0e5rbq2m3n4p5q6r7' as StatementLine['transferId'],
      kind: 'release',
      orderId: null,
      groupId: null,
      payoutId: null,
      amount: { amountMinor: 1_000, currency: 'KWD' },
      balanceAfterMinor: 1_000 * (i + 1),
      createdTime: '2026-11-21T08:00:00.000Z',
    };
  }
}

const pagesOf = async (lines: AsyncIterable<StatementLine>): Promise<number> => {
  const statement = {
    currency: 'KWD' as const,
    fromTime: '2026-11-01T00:00:00.000Z',
    toTime: '2026-12-01T00:00:00.000Z',
    openingMinor: 0,
    inMinor: 0,
    outMinor: 0,
    closingMinor: 0,
    lineCount: 0,
  };
  const paper = {
    statement,
    lines,
    owner: { kind: 'store', id: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7' } as const,
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  };
  const bytes = await buffer(statementPdf(paper));
  return bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
};

test('a statement takes as many pages as its lines need', async () => {
  assert.equal(await pagesOf(linesOf(0)), 1);
  assert.equal(await pagesOf(linesOf(100)), 3);
});

test('a statement whose lines cannot be read is no file', async () => {
  async function* broken(): AsyncGenerator<StatementLine> {
    yield* linesOf(1);
    throw new Error('the database is gone');
  }
  await assert.rejects(pagesOf(broken()), /the database is gone/);
});
