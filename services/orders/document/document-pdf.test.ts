import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { type Currency, LOCALES, newId } from '@plaza/kernel';
import type { DocumentContent } from '../domain/document/content.ts';
import { documentPdf } from './document-pdf.ts';

const contentOf = (currency: Currency, lineCount: number): DocumentContent => ({
  currency,
  timeZone: 'Asia/Bangkok',
  issuer: {
    name: 'บริษัท แสงเก่า จำกัด',
    tradeName: 'Old Light',
    taxId: '1234545678781',
    address: ['12 ถนนเจริญกรุง แขวงบางรัก', '10500 กรุงเทพมหานคร TH'],
    email: null,
  },
  recipient: {
    name: '山田 花子',
    tradeName: null,
    taxId: null,
    address: ['Calle Niño 5'],
    email: 'hanako@example.com',
  },
  order: { number: 'JA-P5Q6R7XY', placedTime: '2026-11-21T06:00:00.000Z' },
  month: null,
  references: [{ id: newId('document'), kind: 'receipt', number: 'REC-2026-000001' }],
  reason: null,
  lines: Array.from({ length: lineCount }, (_, i) => ({
    title: `โคมไฟโบราณฐานทองเหลือง น้ำหนักสองกิโลกรัม สายไฟยาวพิเศษ ${i}`,
    detail: 'Brass · LAMP-1',
    quantity: 2,
    unitPriceMinor: 64_950,
    discountMinor: i === 0 ? 900 : 0,
    amountMinor: 129_000,
    taxRateBp: 700,
  })),
  taxes: [{ name: 'VAT', rateBp: 700, isIncluded: true, baseMinor: 120_561, taxMinor: 8_439 }],
  totals: {
    subtotalMinor: 129_900,
    discountMinor: 900,
    shippingMinor: 0,
    taxAddedMinor: 0,
    taxIncludedMinor: 8_439,
    totalMinor: 129_000,
  },
});

const paperOf = (currency: Currency, lineCount = 1) => ({
  kind: 'invoice' as const,
  number: 'INV-2026-000123',
  issueTime: new Date('2026-11-21T06:00:01Z'),
  content: contentOf(currency, lineCount),
});

test('a document is the same bytes whenever it is drawn, another in each language', async () => {
  const drawn = new Set<string>();
  for (const locale of LOCALES) {
    const first = await buffer(documentPdf(paperOf('THB'), locale));
    const second = await buffer(documentPdf(paperOf('THB'), locale));
    assert.ok(first.equals(second), locale);
    drawn.add(first.toString('latin1'));
  }
  assert.equal(drawn.size, LOCALES.length);
});

test('a document takes as many pages as its lines need, in every currency', async () => {
  const pagesOf = async (currency: Currency, lineCount: number) => {
    const bytes = await buffer(documentPdf(paperOf(currency, lineCount), 'en'));
    return bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  };
  assert.deepEqual([await pagesOf('JPY', 0), await pagesOf('KWD', 3), await pagesOf('MXN', 40)], [1, 1, 3]);
});
