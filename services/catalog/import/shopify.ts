import type { Readable } from 'node:stream';
import type { Cell, Draft, DraftVariant, Mistake } from './draft.ts';
import { type CsvRecord, csvRecords, UnreadableFile } from './records.ts';

/** Rows of one product at most: 250 variants and as many images. */
const ROWS_MAX = 1_000;

/**
 * Products of Shopify's export: one row a variant, further rows for further images, all with the same Handle. Product
 * columns stand on the first row only. (https://help.shopify.com/en/manual/products/import-export/using-csv)
 */
export async function* shopifyDrafts(
  source: Readable,
  onColumns: (columns: readonly string[]) => void,
): AsyncGenerator<Draft> {
  let rows: CsvRecord[] = [];
  const records = csvRecords(source, (columns) => {
    if (!columns.includes('Handle') || !columns.includes('Title'))
      throw new UnreadableFile('columns', 'A Shopify export has the columns Handle and Title; this file lacks them.');
    onColumns(columns);
  });
  for await (const record of records) {
    const first = rows[0];
    if (first !== undefined && (record.values.Handle !== first.values.Handle || rows.length >= ROWS_MAX)) {
      yield shopifyDraft(rows);
      rows = [];
    }
    rows.push(record);
  }
  if (rows.length > 0) yield shopifyDraft(rows);
}

/** One product of its rows. */
export function shopifyDraft(rows: readonly CsvRecord[]): Draft {
  const [first] = rows as readonly [CsvRecord];
  const cell = (record: CsvRecord, column: string): Cell | undefined => {
    const text = record.values[column]?.trim() ?? '';
    return text === '' ? undefined : { row: record.row, column, text };
  };
  const mistakes: Mistake[] = [];
  const handle = first.values.Handle?.trim() ?? '';
  if (handle === '')
    mistakes.push({
      row: first.row,
      column: 'Handle',
      code: 'required',
      message: 'must name the product the row belongs to',
    });
  const names = [1, 2, 3].map((n) => cell(first, `Option${n} Name`)?.text ?? '');
  const variants = rows
    .filter((record, i) => i === 0 || isVariantRow(record))
    .map((record) => variantOf(record, names, cell));
  const images = rows
    .flatMap((record, i) => {
      const url = cell(record, 'Image Src')?.text;
      const position = Number(record.values['Image Position']) || i + 1;
      return url === undefined ? [] : [{ url, alt: cell(record, 'Image Alt Text')?.text ?? null, position }];
    })
    .sort((a, b) => a.position - b.position);
  const brand = cell(first, 'Vendor');
  return {
    row: first.row,
    lastRow: rows.at(-1)?.row ?? first.row,
    handle,
    title: { row: first.row, column: 'Title', text: first.values.Title?.trim() ?? '' },
    description: { row: first.row, column: 'Body (HTML)', text: first.values['Body (HTML)'] ?? '' },
    categories: ['Product Category', 'Type', 'Custom Product Type', 'Standard Product Type'].flatMap(
      (column) => cell(first, column) ?? [],
    ),
    kind: undefined,
    condition: conditionOf(cell(first, 'Google Shopping / Condition')),
    state: stateOf(first.values),
    tags: (first.values.Tags ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    images: [...new Map(images.map(({ url, alt }) => [url, { url, alt }])).values()],
    attributes:
      brand === undefined
        ? []
        : [{ key: 'brand', value: brand.text, isHint: true, place: { row: first.row, column: 'Vendor' } }],
    externalId: null,
    variants,
    decimalsAfter: 'point',
    mistakes,
    raw: rows.map(({ values }) => values),
  };
}

/** Image-only rows have neither option values nor price nor SKU. */
export function isVariantRow({ values }: Pick<CsvRecord, 'values'>): boolean {
  return ['Option1 Value', 'Option2 Value', 'Option3 Value', 'Variant Price', 'Variant SKU'].some(
    (column) => (values[column]?.trim() ?? '') !== '',
  );
}

function variantOf(
  record: CsvRecord,
  names: readonly string[],
  cell: (record: CsvRecord, column: string) => Cell | undefined,
): DraftVariant {
  const options = names.flatMap((name, i) => {
    const value = cell(record, `Option${i + 1} Value`)?.text ?? '';
    return name === '' || value === '' || (name === 'Title' && value === 'Default Title') ? [] : [{ name, value }];
  });
  // Shopify writes 'SKU as text for spreadsheets with a leading apostrophe.
  const sku = cell(record, 'Variant SKU')?.text.replace(/^'/, '') ?? '';
  return {
    row: record.row,
    sku: sku === '' ? null : sku,
    options,
    price: cell(record, 'Variant Price'),
    compareAtPrice: cell(record, 'Variant Compare At Price'),
    onHand: onHandOf(record, cell),
    weightGrams: cell(record, 'Variant Grams'),
    externalId: null,
  };
}

/** Not tracked, or sold on when out of stock: unlimited. Newer exports leave the count out: it stays as it is. */
function onHandOf(
  record: CsvRecord,
  cell: (record: CsvRecord, column: string) => Cell | undefined,
): DraftVariant['onHand'] {
  const isTracked = cell(record, 'Variant Inventory Tracker') !== undefined;
  if ('Variant Inventory Tracker' in record.values && !isTracked) return null;
  if (cell(record, 'Variant Inventory Policy')?.text === 'continue') return null;
  return cell(record, 'Variant Inventory Qty');
}

function stateOf(values: Readonly<Record<string, string>>): Draft['state'] {
  const status = values.Status?.trim().toLowerCase() ?? '';
  const isPublished = values.Published?.trim().toLowerCase() ?? '';
  if (status === 'draft') return 'draft';
  if (status === 'archived' || isPublished === 'false') return 'paused';
  return status === 'active' || isPublished === 'true' ? 'published' : undefined;
}

/** Google's conditions are new, refurbished and used; the last says too little to be one of ours. */
function conditionOf(cell: Cell | undefined): Cell | undefined {
  return cell !== undefined && ['new', 'refurbished'].includes(cell.text.toLowerCase())
    ? { ...cell, text: cell.text.toLowerCase() }
    : undefined;
}
