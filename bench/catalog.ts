import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** One listing of the measured catalog, the same for Plaza and for the bare server. */
export type CatalogRow = {
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly condition: string;
  readonly priceMinor: number;
  /** Address of its thumbnail, as Plaza makes it of an uploaded image. */
  readonly imageUrl: string;
};

/** Pieces of each variant: more than any run buys. */
export const STOCK = 1_000_000;
/** Variants of each listing in the file of listings with variants. */
export const SIZES = ['S', 'M', 'L', 'XL'] as const;

const ADJECTIVES = ['brass', 'vintage', 'blue', 'folding', 'ceramic', 'wooden', 'quiet', 'heavy', 'tiny', 'woven'];
const MATERIALS = ['oak', 'linen', 'steel', 'glass', 'cork', 'wool', 'leather', 'bamboo', 'copper', 'stone', 'felt'];
const THINGS = [
  'lamp',
  'chair',
  'kettle',
  'bag',
  'watch',
  'camera',
  'bowl',
  'tent',
  'radio',
  'clock',
  'desk',
  'vase',
  'shelf',
];
/** Makers' names are three of these: there are as many makers as the catalog has room for. */
const SYLLABLES = [
  'ka',
  'ro',
  'mi',
  'ten',
  'sol',
  'vi',
  'dan',
  'lu',
  'pre',
  'gor',
  'ash',
  'bel',
  'qui',
  'nor',
  'zet',
  'fa',
];
/** Listings of one maker, whatever the size of the catalog: a large one has more makers, not more of each. */
const LISTINGS_OF_MAKER = 500;
/** Categories of the marketplace that the listings are in. */
export const CATEGORIES = ['lighting', 'furniture', 'tableware', 'bags', 'watches', 'cameras', 'camping'];
const CONDITIONS = ['new', 'good', 'fair'];
const DESCRIPTION = 'Found in an attic, cleaned and tested. Small marks of age; everything works. Ships in two days.';

/** The listing at a place of the catalog: always the same one. */
export function catalogRow(index: number): CatalogRow {
  return {
    handle: `thing-${index}`,
    title: `${makerAt(index)} ${of(ADJECTIVES, index)} ${of(MATERIALS, Math.floor(index / 10))} ${of(THINGS, index)} ${index}`,
    description: DESCRIPTION,
    category: of(CATEGORIES, index),
    condition: of(CONDITIONS, index),
    priceMinor: 500 + ((index * 37) % 20_000),
    imageUrl: `/files/bazaar/renditions/${index.toString(16).padStart(8, '0')}/card.webp`,
  };
}

/** A maker and a thing: some forty listings have both words, at any size of the catalog. */
export function tellingQuery(sequence: number, listings: number): string {
  return `${makerAt((sequence * LISTINGS_OF_MAKER) % listings)} ${of(THINGS, sequence)}`;
}

/** Two words that every tenth and every thirteenth listing has: what is found grows with the catalog. */
export function commonQuery(sequence: number): string {
  return `${of(ADJECTIVES, sequence)} ${of(THINGS, Math.floor(sequence / 10))}`;
}

/** Plaza's plain CSV, one row a listing. */
export async function writePlainFile(path: string, listings: number): Promise<void> {
  await writeLines(path, listings, 'handle,title,description,category,condition,state,price,stock', (index) => {
    const { handle, title, description, category, condition, priceMinor } = catalogRow(index);
    return `${handle},${title},"${description}",${category},${condition},published,${(priceMinor / 100).toFixed(2)},${STOCK}`;
  });
}

/** Shopify's product CSV, one row a variant. */
export async function writeShopifyFile(path: string, listings: number): Promise<void> {
  const header =
    'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Status';
  await writeLines(path, listings, header, (index) =>
    SIZES.map((size, place) => {
      const first = place === 0 ? `Jacket ${index},"<p>${DESCRIPTION}</p>",Plaza,clothing,wool,true,Size` : ',,,,,,';
      return `jacket-${index},${first},${size},J-${index}-${size},500,shopify,${STOCK},deny,${40 + place}.00,${place === 0 ? 'active' : ''}`;
    }).join('\n'),
  );
}

async function writeLines(
  path: string,
  count: number,
  header: string,
  lineAt: (index: number) => string,
): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${header}\n`);
  for (let index = 0; index < count; index++) if (!file.write(`${lineAt(index)}\n`)) await once(file, 'drain');
  file.end();
  await finished(file);
}

function makerAt(index: number): string {
  const maker = Math.floor(index / LISTINGS_OF_MAKER);
  return [maker, maker >> 4, maker >> 8].map((part) => of(SYLLABLES, part)).join('');
}

function of<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}
