import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { ListingKind } from '@plaza/kernel/marketplace';
import { UploadId } from '@plaza/media/contract';
import { z } from 'zod';
import { ListingId, StoreId } from '../contract/common.ts';
import { errors } from '../errors.ts';

export const ImportId = idSchema('importJob');

/** `auto` tells by the file's beginning. docs/guides/import.md describes each. */
export const ImportFormat = z.enum(['auto', 'shopify-csv', 'plain-csv', 'ndjson', 'json']);
export type ImportFormat = z.output<typeof ImportFormat>;

export const ExportFormat = z.enum(['shopify-csv', 'ndjson']);
export type ExportFormat = z.output<typeof ExportFormat>;

/**
 * What spreadsheets write where they do not write UTF-8: Western European, Thai and Japanese Windows
 * (https://encoding.spec.whatwg.org/#names-and-labels).
 */
export const ImportEncoding = z.enum(['windows-1252', 'windows-874', 'shift_jis']);
export type ImportEncoding = z.output<typeof ImportEncoding>;

/** How rows that leave something open are to be understood. */
export const ImportOptions = z
  .object({
    /** For rows whose category is not one of the marketplace's. Absent: such rows are refused. */
    defaultCategoryId: z.string().max(100).optional(),
    /** Category names of the file, in any case, to category ids: `{ "Home > Lamps": "lighting" }`. */
    categoryMapping: z.record(z.string().max(300), z.string().max(100)).default({}),
    defaultCondition: z.string().max(60).optional(),
    /** For rows without a price, in the marketplace's currency. Absent: such rows are refused. */
    defaultPriceMinor: z.int().min(0).max(1_000_000_000_000).optional(),
    /** What becomes of rows that do not say. */
    defaultState: z.enum(['draft', 'published']).default('published'),
    kind: ListingKind.default('physical'),
    /** What the file is written in. Absent: UTF-8, or UTF-16 where it begins with a byte order mark. */
    encoding: ImportEncoding.optional(),
  })
  .meta({ id: 'ImportOptions' });
export type ImportOptions = z.output<typeof ImportOptions>;

/** `checked`: the dry run is done and nothing was written. `interrupted` never shows: a killed import goes on by itself. */
export const ImportState = z.enum(['waiting', 'checking', 'checked', 'running', 'completed', 'failed']);
export type ImportState = z.output<typeof ImportState>;

export const ImportCounts = z
  .object({
    /** Rows of the file read so far; in a CSV the header does not count. */
    rows: z.int(),
    listings: z.int(),
    variants: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    /** Listings left out because of mistakes; the others are not held up. */
    refused: z.int(),
    images: z.int(),
  })
  .meta({ id: 'ImportCounts' });
export type ImportCounts = z.output<typeof ImportCounts>;

/** Why nothing of a file can be read: no text, another encoding, missing columns, no CSV, no JSON, or no file any more. */
export const ImportFailureCode = z.enum(['not_text', 'encoding', 'columns', 'csv', 'json', 'gone']);
export type ImportFailureCode = z.output<typeof ImportFailureCode>;

export const ImportJob = z
  .object({
    id: ImportId,
    storeId: StoreId,
    format: ImportFormat,
    /** As they were given: what the next file of its kind needs, too. */
    options: ImportOptions,
    state: ImportState,
    isDryRun: z.boolean(),
    counts: ImportCounts,
    /** Mistakes found; `listImportErrors` shows the first 10,000. */
    errorCount: z.int(),
    /** Why it failed as a whole, for example a file that is not CSV. */
    failure: z.string().nullable(),
    failureCode: ImportFailureCode.nullable(),
    imagesWaiting: z.int(),
    createdTime: z.iso.datetime(),
    completedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ImportJob' });
export type ImportJob = z.output<typeof ImportJob>;

export const ImportMistake = z
  .object({
    /** Line of the file, the first is 1. */
    row: z.int(),
    /** As the file names it; null when it is about the whole row. */
    column: z.string().nullable(),
    handle: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportMistake' });
export type ImportMistake = z.output<typeof ImportMistake>;

export const ImportImageProblem = z
  .object({
    listingId: ListingId,
    listingTitle: z.string(),
    /** As the file names it, the first 300 characters. */
    url: z.string(),
    /** Of the last attempt: `SOURCE_UNREACHABLE`, `FILE_TYPE_REFUSED`, `FILE_UNREADABLE`, … */
    code: z.string(),
    message: z.string(),
    /** Null: given up. Give the picture on the listing, or another address in the next import. */
    nextTryTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ImportImageProblem' });
export type ImportImageProblem = z.output<typeof ImportImageProblem>;

const exampleJob: z.input<typeof ImportJob> = {
  id: 'imp_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  format: 'shopify-csv',
  options: { defaultCategoryId: 'lighting' },
  state: 'waiting',
  isDryRun: true,
  counts: { rows: 0, listings: 0, variants: 0, created: 0, updated: 0, unchanged: 0, refused: 0, images: 0 },
  errorCount: 0,
  failure: null,
  failureCode: null,
  imagesWaiting: 0,
  createdTime: '2026-11-21T06:00:00.000Z',
  completedTime: null,
};

const importTarget = z.object({ importId: ImportId });

/** A store's catalog, in and out. */
export const importOperations = {
  createImport: operation({
    summary: 'Takes a file of listings for your store and checks it, or with `isDryRun` false imports it at once',
    description:
      'Give `uploadId` (createUpload with purpose `import-file`) or, up to 1 MB, the file itself as `text`. After a dry run `startImport` does it.',
    access: ['seller'],
    idempotent: true,
    route: { method: 'POST', path: '/imports' },
    input: z.object({
      storeId: StoreId,
      uploadId: UploadId.optional(),
      text: z.string().min(1).max(1_000_000).optional(),
      format: ImportFormat.default('auto'),
      isDryRun: z.boolean().default(true),
      options: ImportOptions.optional(),
    }),
    output: ImportJob,
    errors: [errors.STORE_NOT_FOUND],
    example: {
      input: { storeId: exampleJob.storeId, text: 'title,price\nVintage lamp,45.00\n', format: 'plain-csv' },
      output: { ...exampleJob, format: 'plain-csv' },
    },
  }),
  startImport: operation({
    summary: 'Imports what a dry run has checked; repeating it changes nothing',
    access: ['seller'],
    idempotent: true,
    route: { method: 'POST', path: '/imports/{importId}/start', status: 200 },
    input: importTarget,
    output: ImportJob,
    errors: [errors.IMPORT_NOT_FOUND, errors.IMPORT_NOT_CHECKED],
    example: { input: { importId: exampleJob.id }, output: { ...exampleJob, state: 'running', isDryRun: false } },
  }),
  getImport: operation({
    summary: 'How an import of yours stands',
    access: ['seller'],
    route: { method: 'GET', path: '/imports/{importId}' },
    input: importTarget,
    output: ImportJob,
    errors: [errors.IMPORT_NOT_FOUND],
    example: { input: { importId: exampleJob.id }, output: exampleJob },
  }),
  listImports: operation({
    summary: 'Imports of your store, newest first',
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/imports' },
    input: z.object({ storeId: StoreId, ...PageQuery }),
    output: pageOf(ImportJob),
    errors: [errors.STORE_NOT_FOUND],
    example: { input: { storeId: exampleJob.storeId }, output: { items: [exampleJob], nextCursor: null } },
  }),
  listImportErrors: operation({
    summary: 'What is wrong with the rows of an import, by row and column',
    access: ['seller'],
    route: { method: 'GET', path: '/imports/{importId}/errors' },
    input: z.object({ ...importTarget.shape, ...PageQuery }),
    output: pageOf(ImportMistake),
    errors: [errors.IMPORT_NOT_FOUND],
    example: {
      input: { importId: exampleJob.id },
      output: {
        items: [
          {
            row: 3,
            column: 'Variant Price',
            handle: 'vintage-lamp',
            code: 'price',
            message: 'must be an amount like 1299.50, not "12,5x"',
          },
        ],
        nextCursor: null,
      },
    },
  }),
  listImportImageProblems: operation({
    summary: 'Pictures that an import names and that could not be fetched',
    access: ['seller'],
    route: { method: 'GET', path: '/imports/{importId}/image-problems' },
    input: z.object({ ...importTarget.shape, ...PageQuery }),
    output: pageOf(ImportImageProblem),
    errors: [errors.IMPORT_NOT_FOUND],
    example: {
      input: { importId: exampleJob.id },
      output: {
        items: [
          {
            listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
            listingTitle: 'Vintage lamp',
            url: 'https://old-shop.example/lamp.jpg',
            code: 'SOURCE_UNREACHABLE',
            message: 'The file could not be fetched: it answered 404.',
            nextTryTime: '2026-11-21T06:04:00.000Z',
          },
        ],
        nextCursor: null,
      },
    },
  }),
  importFile: operation({
    summary: 'Imports a file of the server’s own disk to its end, for the command line and seeds',
    description:
      'Image names in the file are looked for in its folder. If the process dies, the import goes on by itself.',
    access: 'service',
    input: z.object({
      storeId: StoreId,
      path: z.string().min(1).max(4096),
      format: ImportFormat.default('auto'),
      isDryRun: z.boolean().default(false),
      options: ImportOptions.optional(),
    }),
    output: ImportJob,
    errors: [errors.STORE_NOT_FOUND],
    example: {
      input: { storeId: exampleJob.storeId, path: '/srv/products.csv' },
      output: { ...exampleJob, isDryRun: false, state: 'completed', completedTime: '2026-11-21T06:00:02.000Z' },
    },
  }),
  exportListings: operation({
    summary: 'Your store’s catalog as a file: answers a link that works for an hour',
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/export' },
    input: z.object({ storeId: StoreId, format: ExportFormat.default('shopify-csv') }),
    output: z.object({ url: z.string(), filename: z.string(), listingCount: z.int(), expireTime: z.iso.datetime() }),
    errors: [errors.STORE_NOT_FOUND],
    example: {
      input: { storeId: exampleJob.storeId, format: 'shopify-csv' },
      output: {
        url: '/files/bazaar/exports/0199f86d.csv?signature=…',
        filename: 'old-light.csv',
        listingCount: 12,
        expireTime: '2026-11-21T07:00:00.000Z',
      },
    },
  }),
};
