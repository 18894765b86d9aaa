import { Currency, idSchema, operation, PageQuery } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { exampleStatementLine, StatementLine } from './payouts.ts';

/** No period is longer, so that a statement stays something that is read. */
export const PERIOD_DAYS_MAX = 400;

/** Longer ones are exported in several periods. */
export const EXPORT_LINES_MAX = 50_000;

/** Nobody reads more pages than this makes, and setting them takes seconds of processor time. */
export const PDF_LINES_MAX = 1_000;

/** Input of everything that looks at a period. */
export const periodInput = {
  fromTime: z.iso.datetime({ offset: true }).meta({ description: 'The first moment of the period.' }),
  toTime: z.iso.datetime({ offset: true }).meta({ description: 'The first moment behind it.' }),
};

/** What an account held and what moved in a period. `openingMinor` + `inMinor` − `outMinor` = `closingMinor`. */
export const Statement = z
  .object({
    currency: Currency,
    fromTime: z.iso.datetime(),
    toTime: z.iso.datetime(),
    openingMinor: z.int(),
    inMinor: z.int(),
    outMinor: z.int(),
    closingMinor: z.int(),
    lineCount: z.int(),
    items: z.array(StatementLine).meta({ description: 'The oldest first.' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Statement' });
export type Statement = z.output<typeof Statement>;

const exampleStoreId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';
const examplePeriod = { fromTime: '2026-11-01T00:00:00.000Z', toTime: '2026-12-01T00:00:00.000Z' };

const exampleStatement: z.input<typeof Statement> = {
  ...examplePeriod,
  currency: 'USD',
  openingMinor: 50_000,
  inMinor: 8_846,
  outMinor: 0,
  closingMinor: 58_846,
  lineCount: 1,
  items: [exampleStatementLine],
  nextCursor: null,
};

export const StatementFormat = z.enum(['csv', 'pdf']);
export type StatementFormat = z.output<typeof StatementFormat>;

/** A statement made a file. */
export const StatementFile = z.object({
  url: z.string(),
  filename: z.string(),
  lineCount: z.int(),
  expireTime: z.iso.datetime(),
});
export type StatementFile = z.output<typeof StatementFile>;

export const statementOperations = {
  getStatement: operation({
    summary: "A store's available balance over a period: at its beginning, every movement, at its end",
    description: `At most ${PERIOD_DAYS_MAX} days. Totals are of the whole period on every page.`,
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/statements' },
    input: z.object({ ...PageQuery, storeId: idSchema('store'), currency: Currency, ...periodInput }),
    output: Statement,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: { input: { storeId: exampleStoreId, currency: 'USD', ...examplePeriod }, output: exampleStatement },
  }),
  exportStatement: operation({
    summary: 'The same as a file: a link that works for an hour',
    description: `CSV: one line a movement, times in UTC, amounts as decimals, codes as in the API. PDF: to be read, in the language of the request. At most ${EXPORT_LINES_MAX} movements as CSV, ${PDF_LINES_MAX} as PDF.`,
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/statements/export' },
    input: z.object({
      storeId: idSchema('store'),
      currency: Currency,
      ...periodInput,
      format: StatementFormat.default('csv'),
    }),
    output: StatementFile,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND, errors.STATEMENT_TOO_LONG],
    example: {
      input: { storeId: exampleStoreId, currency: 'USD', ...examplePeriod, format: 'csv' },
      output: {
        url: 'https://bazaar.example/files/statements/bazaar/01k9.csv?signature=9f86d081',
        filename: 'statement-2026-11-01-2026-12-01.csv',
        lineCount: 1,
        expireTime: '2026-12-02T09:00:00.000Z',
      },
    },
  }),
};
