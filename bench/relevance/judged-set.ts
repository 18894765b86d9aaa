import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { csvRows } from './csv.ts';

/** A listing to be found. What a set does not know is empty. */
export type JudgedListing = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly brand: string;
  readonly sku: string;
  /** Further texts: values of attributes. */
  readonly attributes: readonly string[];
};

export type JudgedQuery = { readonly id: string; readonly text: string; readonly kind: string };

/** What people judged: by query, by listing, from 0 (no use) up. Listings that are not named count as 0. */
export type Grades = ReadonlyMap<string, ReadonlyMap<string, number>>;

export type JudgedSet = {
  readonly name: string;
  readonly listings: readonly JudgedListing[];
  readonly queries: readonly JudgedQuery[];
  readonly grades: Grades;
};

/** Names that sets in circulation give their columns, beside ours. */
const COLUMNS = {
  id: ['id', 'listing_id', 'product_id', 'product_uid', 'external_id', 'externalid', 'asin', 'doc_id'],
  title: ['title', 'product_title', 'product_name', 'name'],
  description: ['description', 'product_description', 'body', 'text', 'bullet_points', 'product_bullet_point'],
  category: ['category', 'product_class', 'class', 'category_hierarchy'],
  brand: ['brand', 'product_brand'],
  sku: ['sku', 'part_number', 'mpn'],
  attributes: ['attributes', 'features', 'product_features', 'color', 'product_color'],
  queryId: ['query_id', 'queryid', 'qid', 'id'],
  query: ['query', 'search_term', 'text'],
  kind: ['kind', 'query_class', 'type'],
  grade: ['grade', 'relevance', 'label', 'gain', 'esci_label'],
} as const;
type Column = keyof typeof COLUMNS;

/** Grades that sets write as words. */
const GRADES: Readonly<Record<string, number>> = {
  exact: 3,
  e: 3,
  partial: 1,
  substitute: 1,
  s: 1,
  complement: 0.1,
  c: 0.1,
  irrelevant: 0,
  i: 0,
};

/**
 * Reads `listings.csv`, `queries.csv` and `grades.csv` of a folder; bench/relevance/README.md says which columns.
 * Queries without a listing that is of use, and grades of unknown listings, are left out.
 */
export async function readJudgedSet(folder: string): Promise<JudgedSet> {
  const [listingRows, queryRows, gradeRows] = await Promise.all(
    ['listings.csv', 'queries.csv', 'grades.csv'].map(async (name) =>
      csvRows(await readFile(path.join(folder, name), 'utf8')),
    ),
  );
  const listings = (listingRows ?? []).map((row) => ({
    id: cell(row, 'id'),
    title: cell(row, 'title'),
    description: cells(row, 'description').join('\n'),
    category: cell(row, 'category'),
    brand: cell(row, 'brand'),
    sku: cell(row, 'sku'),
    attributes: cells(row, 'attributes'),
  }));
  const known = new Set(listings.map(({ id }) => id));
  const grades = new Map<string, Map<string, number>>();
  for (const row of gradeRows ?? []) {
    const listingId = cell(row, 'id', 'query_id');
    const grade = gradeOf(cell(row, 'grade'));
    if (!known.has(listingId) || grade <= 0) continue;
    const queryId = cell(row, 'queryId');
    grades.set(queryId, (grades.get(queryId) ?? new Map<string, number>()).set(listingId, grade));
  }
  const queries = (queryRows ?? [])
    .map((row) => ({ id: cell(row, 'queryId'), text: cell(row, 'query'), kind: cell(row, 'kind') || 'all' }))
    .filter(({ id, text }) => grades.has(id) && text !== '');
  return { name: path.basename(path.resolve(folder)), listings, queries, grades };
}

type Row = Readonly<Record<string, string>>;

function cells(row: Row, column: Column): string[] {
  return COLUMNS[column].flatMap((name) => row[name]?.trim() || []);
}

/** The first column that says it; `except` names one that means something else in this file. */
function cell(row: Row, column: Column, except?: string): string {
  return COLUMNS[column].flatMap((name) => (name === except ? [] : row[name]?.trim() || []))[0] ?? '';
}

function gradeOf(text: string): number {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : (GRADES[text.toLowerCase()] ?? 0);
}
