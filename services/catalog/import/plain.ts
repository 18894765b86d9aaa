import type { Readable } from 'node:stream';
import { handleFrom } from '../domain/handle.ts';
import type { Cell, Draft, Mistake } from './draft.ts';
import { type CsvRecord, csvRecords, UnreadableFile } from './records.ts';

/** Columns of the plain CSV; docs/guides/import.md says what each means. */
export const PLAIN_COLUMNS = [
  'handle',
  'title',
  'description',
  'category',
  'kind',
  'condition',
  'state',
  'price',
  'compareAtPrice',
  'stock',
  'sku',
  'weightGrams',
  'tags',
  'images',
  'externalId',
] as const;

/** Listings of the plain CSV: a row each, without variants. `attribute.<key>` columns carry category attributes. */
export async function* plainDrafts(
  source: Readable,
  { isPriceRequired }: { readonly isPriceRequired: boolean },
): AsyncGenerator<Draft> {
  let columns: readonly Column[] = [];
  const records = csvRecords(source, (found) => {
    columns = [...new Set(found)].map((column) => ({ column, name: canonical(column) }));
    const missing = ['title', ...(isPriceRequired ? ['price'] : [])].filter(
      (wanted) => !columns.some(({ name }) => name === wanted),
    );
    if (missing.length > 0)
      throw new UnreadableFile(
        'columns',
        `The first row must name the columns; ${missing.join(' and ')} is missing. It names: ${found.slice(0, 12).join(', ')}.`,
      );
  });
  for await (const record of records) yield plainDraft(record, columns);
}

/** A column as the file names it, and as we do. */
type Column = { readonly column: string; readonly name: string };

function plainDraft({ row, values }: CsvRecord, columns: readonly Column[]): Draft {
  const cells = new Map<string, Cell>();
  for (const { column, name } of columns) {
    const text = values[column]?.trim() ?? '';
    // An empty description is one too: it takes the place of the one there was.
    const isGiven = text !== '' || (name === 'description' && values[column] !== undefined);
    if (isGiven && !cells.has(name)) cells.set(name, { row, column, text });
  }
  const cell = (name: (typeof PLAIN_COLUMNS)[number]): Cell | undefined => cells.get(name);
  const mistakes: Mistake[] = [];
  const title = cell('title') ?? { row, column: 'title', text: '' };
  const externalId = cell('externalId')?.text ?? null;
  const stock = cell('stock');
  const state = cell('state');
  const stateText = state?.text.toLowerCase();
  if (state !== undefined && stateText !== 'draft' && stateText !== 'published' && stateText !== 'paused')
    mistakes.push({
      ...placeOf(state),
      code: 'state',
      message: `must be draft, published or paused, not “${state.text}”`,
    });
  return {
    row,
    lastRow: row,
    handle: cell('handle')?.text ?? madeHandle(title.text, externalId ?? cell('sku')?.text ?? null),
    title,
    description: cell('description'),
    categories: [cell('category') ?? []].flat(),
    kind: cell('kind'),
    condition: cell('condition'),
    state: stateText as Draft['state'],
    tags: cell('tags')
      ?.text.split(/[,|]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    images: cell('images')
      ?.text.split('|')
      .map((url) => ({ url: url.trim(), alt: null }))
      .filter(({ url }) => url !== ''),
    attributes: [...cells].flatMap(([name, { text, column }]) =>
      name.startsWith('attribute.') && text !== ''
        ? [{ key: name.slice('attribute.'.length), value: text, isHint: false, place: { row, column } }]
        : [],
    ),
    externalId,
    variants: [
      {
        row,
        sku: cell('sku')?.text ?? null,
        options: [],
        price: cell('price'),
        compareAtPrice: cell('compareAtPrice'),
        onHand: stock?.text.toLowerCase() === 'unlimited' ? null : stock,
        weightGrams: cell('weightGrams'),
        externalId: null,
      },
    ],
    decimalsAfter: 'point or comma',
    mistakes,
    raw: null,
  };
}

/** A handle for a row that gives none: the title, and what tells equal titles apart, so that a repeat finds it again. */
export function madeHandle(title: string, distinction: string | null): string {
  if (title === '') return '';
  return distinction === null ? handleFrom(title) : `${handleFrom(title)}-${handleFrom(distinction)}`;
}

/** `Compare-at price` and `compare_at_price` are `compareAtPrice`. */
function canonical(column: string): string {
  if (/^attribute[.:]/i.test(column)) return `attribute.${column.slice('attribute.'.length).trim()}`;
  const plain = column.toLowerCase().replace(/[^a-z]/g, '');
  return PLAIN_COLUMNS.find((name) => name.toLowerCase() === plain) ?? SYNONYMS[plain] ?? column;
}

const SYNONYMS: Readonly<Record<string, (typeof PLAIN_COLUMNS)[number]>> = {
  name: 'title',
  quantity: 'stock',
  onhand: 'stock',
  image: 'images',
  imageurl: 'images',
  weight: 'weightGrams',
  status: 'state',
  id: 'externalId',
  compareprice: 'compareAtPrice',
  categoryid: 'category',
};

function placeOf({ row, column }: Cell) {
  return { row, column };
}
