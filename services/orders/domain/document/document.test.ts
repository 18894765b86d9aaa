import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import fc from 'fast-check';
import { BOOKKEEPING_HEADER, bookkeepingRows } from './bookkeeping.ts';
import { type CommissionEntry, commissionContent, withVatApart } from './commission.ts';
import type { DocumentContent, TaxSum } from './content.ts';
import { creditContent } from './credit.ts';
import { fiscalYearOf, monthAfter, monthIn, seriesFor, timesOfMonth } from './number.ts';
import { isTaxIdOf, plainTaxId } from './tax-id.ts';

describe('tax ids', () => {
  for (const [country, right, wrong] of [
    ['TH', '1-2345-45678-78-1', '1-2345-45678-78-9'],
    ['TH', '0105500000011', '9105500000011'],
    ['MX', 'GODE561231GR8', 'GODE561231GR9'],
    ['MX', 'SAT970701NN3', 'SAT971301NN3'],
    ['MX', 'XAXX010101000', 'XAXX010101001'],
    ['JP', 'T7000012050002', 'T8000012050002'],
    ['US', '12-3456789', 'ABC'],
  ] as const) {
    test(`${right} is one of ${country}, ${wrong} is none`, () => {
      assert.ok(isTaxIdOf(country, plainTaxId(right)));
      assert.ok(!isTaxIdOf(country, plainTaxId(wrong)));
    });
  }
});

describe('numbers', () => {
  const documents = {
    fiscalYearStartMonth: 4,
    receipt: 'R/{year}/{number:4}-A',
    invoice: 'INV-{year}-{number:6}',
    creditNote: 'CN-{year}-{number:6}',
    commissionInvoice: 'COM-{year}-{number:6}',
    commissionCreditNote: 'CCN-{year}-{number:6}',
  };

  test('a fiscal year begins where the marketplace is, in its month', () => {
    const lastHour = new Date('2026-03-31T16:30:00Z');
    assert.equal(fiscalYearOf(lastHour, 'Asia/Bangkok', 4), 2025);
    assert.equal(fiscalYearOf(lastHour, 'Asia/Tokyo', 4), 2026);
    const series = seriesFor({ documents, timeZone: 'Asia/Bangkok' }, 'receipt', lastHour);
    assert.deepEqual(series, { fiscalYear: 2025, prefix: 'R/2025/', width: 4, suffix: '-A' });
  });

  test('a month begins and ends where the marketplace is, over a change of the clocks too', () => {
    const { from, to } = timesOfMonth('2026-03', 'America/New_York');
    assert.deepEqual([from.toISOString(), to.toISOString()], ['2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z']);
    assert.equal(monthIn('America/New_York', from), '2026-03');
    assert.equal(monthIn('America/New_York', new Date(from.getTime() - 1)), '2026-02');
    assert.equal(monthAfter('2026-12'), '2027-01');
  });
});

const PARTY = { name: 'Old Light', tradeName: null, taxId: null, address: [], email: null };
const contentOf = (taxes: readonly TaxSum[]): DocumentContent => ({
  currency: 'THB',
  timeZone: 'Asia/Bangkok',
  issuer: { ...PARTY, name: '=HYPERLINK("x")' },
  recipient: { ...PARTY, name: 'Ada, "the" Buyer' },
  order: { number: 'JA-1', placedTime: '2026-11-21T06:00:00.000Z' },
  month: null,
  references: [],
  reason: null,
  lines: [],
  taxes,
  totals: {
    subtotalMinor: 0,
    discountMinor: 0,
    shippingMinor: 0,
    taxAddedMinor: 0,
    taxIncludedMinor: 0,
    totalMinor: 0,
  },
});
const RECEIPT = { id: newId('document'), kind: 'receipt', number: 'REC-2026-000001' } as const;

test('credit notes over everything take every base and every tax to nothing, however it was refunded', () => {
  const sum = fc.record({ baseMinor: fc.nat(1_000_000), taxMinor: fc.nat(200_000), isIncluded: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(sum, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(100), { maxLength: 6 }),
      (given, cuts) => {
        const content = contentOf(given.map((each, i) => ({ name: `tax ${i}`, rateBp: i * 100, ...each })));
        const gross = (taxes: readonly TaxSum[]) =>
          taxes.reduce((total, each) => total + each.baseMinor + each.taxMinor, 0);
        const all = gross(content.taxes);
        const notes: DocumentContent[] = [];
        let left = all;
        for (const cut of [...cuts.map((percent) => Math.floor((left * percent) / 100)), Number.MAX_SAFE_INTEGER]) {
          const note = creditContent({ content, reference: RECEIPT }, notes, {
            refundedMinor: cut,
            reason: 'scratched',
          });
          assert.equal(note.totals.totalMinor, Math.min(cut, left));
          assert.equal(note.totals.subtotalMinor + note.totals.taxAddedMinor, note.totals.totalMinor);
          assert.ok(note.taxes.every(({ baseMinor, taxMinor }) => baseMinor >= 0 && taxMinor >= 0));
          left -= note.totals.totalMinor;
          notes.push(note);
        }
        for (const [i, tax] of content.taxes.entries()) {
          assert.equal(
            notes.reduce((total, { taxes }) => total + (taxes[i]?.baseMinor ?? 0), 0),
            tax.baseMinor,
          );
          assert.equal(
            notes.reduce((total, { taxes }) => total + (taxes[i]?.taxMinor ?? 0), 0),
            tax.taxMinor,
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a refund of lines returns the taxes of those lines, and tells them', () => {
  const content = contentOf([
    { name: 'VAT 0 %', rateBp: 0, isIncluded: true, baseMinor: 20_000, taxMinor: 0 },
    { name: 'VAT 16 %', rateBp: 1_600, isIncluded: true, baseMinor: 10_000, taxMinor: 1_600 },
    { name: 'Sales tax', rateBp: 725, isIncluded: false, baseMinor: 9_000, taxMinor: 653 },
  ]);
  const taxOf = (sum: TaxSum | undefined) => ({
    name: sum?.name ?? '',
    rateBp: sum?.rateBp ?? 0,
    isIncluded: sum?.isIncluded === true,
    amountMinor: sum?.taxMinor ?? 0,
  });
  const [book, lamp, cup] = content.taxes.map(taxOf);
  const items = [
    { title: '1 × Book', tax: book ?? null, amountMinor: 20_000 },
    { title: '2 × Cup', tax: cup ?? null, amountMinor: 4_827 },
  ];
  const refund = { refundedMinor: 24_827, reason: 'returned', items };
  const note = creditContent({ content, reference: RECEIPT }, [], refund);
  assert.deepEqual(
    note.taxes.map(({ baseMinor, taxMinor }) => [baseMinor, taxMinor]),
    [
      [20_000, 0],
      [0, 0],
      [4_500, 327],
    ],
  );
  assert.deepEqual(
    note.lines.map(({ title, amountMinor }) => [title, amountMinor]),
    [
      ['1 × Book', 20_000],
      ['2 × Cup', 4_500],
    ],
  );
  assert.equal(note.totals.subtotalMinor + note.totals.taxAddedMinor, 24_827);
  const rest = {
    refundedMinor: 99_999,
    reason: 'all of it',
    items: [{ title: '1 × Lamp', tax: lamp ?? null, amountMinor: 11_600 }],
  };
  const last = creditContent({ content, reference: RECEIPT }, [note], rest);
  assert.deepEqual(
    last.taxes.map(({ baseMinor, taxMinor }) => [baseMinor, taxMinor]),
    [
      [0, 0],
      [10_000, 1_600],
      [4_500, 326],
    ],
  );
});

const entry = (given: Partial<CommissionEntry>): CommissionEntry => ({
  kind: 'release',
  id: newId('shipmentGroup'),
  storeId: newId('store'),
  groupId: newId('shipmentGroup'),
  orderNumber: 'JA-1',
  currency: 'THB',
  commissionMinor: 1_000,
  vatMinor: 70,
  time: new Date('2026-11-20T06:00:00Z'),
  ...given,
});
const MONTH = {
  currency: 'THB',
  timeZone: 'Asia/Bangkok',
  month: '2026-11',
  platform: PARTY,
  store: PARTY,
  vatBp: 700,
} as const;

test('a month is charged with its VAT apart; one in which more returned than was charged makes a credit note', () => {
  const charged = commissionContent(
    [entry({}), entry({ kind: 'refund', commissionMinor: -400, vatMinor: -28 })],
    MONTH,
  );
  assert.equal(charged.kind, 'commission_invoice');
  assert.deepEqual(charged.content.taxes, [
    { name: 'VAT', rateBp: 700, isIncluded: false, baseMinor: 600, taxMinor: 42 },
  ]);
  assert.equal(charged.content.totals.totalMinor, 642);
  const returned = commissionContent([entry({ kind: 'refund', commissionMinor: -400, vatMinor: -28 })], MONTH);
  assert.equal(returned.kind, 'commission_credit_note');
  assert.equal(returned.content.totals.totalMinor, 428);
  const busy = commissionContent(
    Array.from({ length: 400 }, () => entry({})),
    MONTH,
  );
  assert.deepEqual(
    busy.content.lines.map(({ title, quantity, amountMinor }) => [title, quantity, amountMinor]),
    [['2026-11-20', 400, 400_000]],
  );
  assert.deepEqual(withVatApart(428, { commissionMinor: 400, vatMinor: 28 }), { commissionMinor: 400, vatMinor: 28 });
});

test('what was charged by another rate of VAT is invoiced with its VAT, and without the rate of today', () => {
  const { content } = commissionContent([entry({}), entry({ commissionMinor: 1_000, vatMinor: 80 })], MONTH);
  assert.deepEqual(content.taxes, [{ name: 'VAT', rateBp: null, isIncluded: false, baseMinor: 2_000, taxMinor: 150 }]);
  assert.deepEqual([...new Set(content.lines.map(({ taxRateBp }) => taxRateBp))], [null]);
});

test("a bookkeeper's rows sum up, quote what must be quoted, and run no formula", () => {
  const content = contentOf([
    { name: 'VAT', rateBp: 700, isIncluded: true, baseMinor: 10_000, taxMinor: 700 },
    { name: null, rateBp: null, isIncluded: false, baseMinor: 5, taxMinor: 0 },
  ]);
  const issueTime = new Date('2026-11-20T18:00:00Z');
  const rows = bookkeepingRows({ kind: 'credit_note', number: 'CN-2026-000001', issueTime, content });
  assert.equal(
    rows,
    [
      `CN-2026-000001,credit_note,2026-11-21,JA-1,,,"'=HYPERLINK(""x"")",,"Ada, ""the"" Buyer",,THB,VAT,7,-100.00,-7.00,-107.00\r\n`,
      `CN-2026-000001,credit_note,2026-11-21,JA-1,,,"'=HYPERLINK(""x"")",,"Ada, ""the"" Buyer",,THB,,,-0.05,0.00,-0.05\r\n`,
    ].join(''),
  );
  for (const name of ["-2+3+cmd|' /C calc'!A0", ' =1', '|x', '%x', '＝1', '-']) {
    const named = { ...content, issuer: { ...PARTY, name } };
    const row = bookkeepingRows({ kind: 'credit_note', number: '1', issueTime, content: named });
    assert.ok(row.includes(`,'${name},`), row);
  }
  assert.equal(BOOKKEEPING_HEADER.split(',').length, 16);
});
