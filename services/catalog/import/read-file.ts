import type { Readable } from 'node:stream';
import type { ImportEncoding, ImportFormat } from './contract.ts';
import type { Draft } from './draft.ts';
import { inUtf8 } from './encoding.ts';
import { plainDrafts } from './plain.ts';
import { productDraft } from './product.ts';
import { jsonRecords, peek } from './records.ts';
import { shopifyDrafts } from './shopify.ts';

/** What a file is by its beginning. */
export function formatOf(head: string): Exclude<ImportFormat, 'auto'> {
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return /^\{\s*"(products|listings|items)"\s*:\s*\[/.test(text) ? 'json' : 'ndjson';
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  return /(^|[,;\t])"?Handle"?([,;\t])/.test(header) && /Variant Price|Body \(HTML\)|Option1 Name/.test(header)
    ? 'shopify-csv'
    : 'plain-csv';
}

type ReadOptions = {
  readonly onColumns?: (columns: readonly string[]) => void;
  /** Whether a plain CSV must have a column of prices. */
  readonly isPriceRequired?: boolean;
  readonly encoding?: ImportEncoding | undefined;
};

/** The listings of a file, one at a time, whatever its size. Throws UnreadableFile when it is not what it should be. */
export async function readFile(
  source: Readable,
  format: ImportFormat,
  { onColumns = () => {}, isPriceRequired = true, encoding }: ReadOptions = {},
): Promise<{ format: Exclude<ImportFormat, 'auto'>; drafts: AsyncGenerator<Draft> }> {
  const { head, rest } = await peek(await inUtf8(source, encoding), 8_000);
  const known = format === 'auto' ? formatOf(head.toString('utf8')) : format;
  switch (known) {
    case 'shopify-csv':
      return { format: known, drafts: shopifyDrafts(rest, onColumns) };
    case 'plain-csv':
      return { format: known, drafts: plainDrafts(rest, { isPriceRequired }) };
    case 'ndjson':
    case 'json':
      return { format: known, drafts: productDrafts(rest) };
    default:
      return known satisfies never;
  }
}

async function* productDrafts(source: Readable): AsyncGenerator<Draft> {
  for await (const { row, value } of jsonRecords(source)) yield productDraft(row, value);
}
