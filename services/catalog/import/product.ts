import { z } from 'zod';
import type { Draft, DraftVariant, Place } from './draft.ts';
import { madeHandle } from './plain.ts';
import { shopifyDraft } from './shopify.ts';

const Text = z.union([z.string(), z.number()]).transform(String);
/** `12.5`, `"12.50"`, or as the API has it, in minor units. */
const Amount = z.union([Text, z.object({ amountMinor: z.int(), currency: z.string() })]);
const Image = z.union([
  z.string(),
  z.object({ url: z.string().optional(), src: z.string().optional(), alt: z.string().nullish() }),
]);
const Options = z.union([z.array(z.object({ name: z.string(), value: Text })), z.record(z.string(), Text)]);
const Sellable = {
  sku: Text.nullish(),
  price: Amount.nullish(),
  compareAtPrice: Amount.nullish(),
  stock: z.number().nullish(),
  onHand: z.number().nullish(),
  weightGrams: z.number().nullish(),
  weight: z.number().nullish(),
  externalId: Text.nullish(),
};

/** A product of a JSON file, as tolerant as names differ: our own export, DummyJSON, and what people write. */
const Product = z.looseObject({
  ...Sellable,
  handle: z.string().nullish(),
  id: Text.nullish(),
  title: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  category: z.string().nullish(),
  categoryId: z.string().nullish(),
  kind: z.string().nullish(),
  condition: z.string().nullish(),
  state: z.enum(['draft', 'published', 'paused', 'sold', 'suspended']).nullish(),
  tags: z.array(Text).nullish(),
  images: z.array(Image).nullish(),
  thumbnail: z.string().nullish(),
  brand: z.string().nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  variants: z.array(z.object({ ...Sellable, options: Options.nullish() })).nullish(),
  /** Our export keeps a Shopify product's own rows here. */
  shopifyRows: z.array(z.record(z.string(), z.string())).nullish(),
});
type Product = z.output<typeof Product>;

/** A listing of one JSON value; what does not fit is a mistake at its field. */
export function productDraft(row: number, value: unknown): Draft {
  const at = (column: string | null): Place => ({ row, column });
  const parsed = Product.safeParse(value);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.slice(0, 10).map(({ path, message }) => ({
      ...at(path.length === 0 ? null : path.join('.')),
      code: 'type',
      message,
    }));
    return { ...EMPTY, row, lastRow: row, title: { ...at('title'), text: '' }, mistakes };
  }
  const product = parsed.data;
  const cell = (column: keyof Product & string, text: string | null | undefined) =>
    text === undefined || text === null || text === '' ? undefined : { ...at(column), text };
  const title = cell('title', product.title) ?? cell('name', product.name) ?? { ...at('title'), text: '' };
  const externalId = product.externalId ?? product.id ?? null;
  const variants = product.variants ?? [];
  const images = product.images ?? (product.thumbnail ? [product.thumbnail] : undefined);
  return {
    row,
    lastRow: row,
    handle: product.handle ?? madeHandle(title.text, externalId ?? product.sku ?? null),
    title,
    description: cell('description', product.description),
    categories: [cell('categoryId', product.categoryId) ?? [], cell('category', product.category) ?? []].flat(),
    kind: cell('kind', product.kind),
    condition: cell('condition', product.condition),
    state: product.state === 'sold' || product.state === 'suspended' ? 'paused' : (product.state ?? undefined),
    tags: product.tags ?? undefined,
    images: images?.flatMap((image) => {
      const url = typeof image === 'string' ? image : (image.url ?? image.src ?? '');
      return url === '' ? [] : [{ url, alt: typeof image === 'string' ? null : (image.alt ?? null) }];
    }),
    attributes: [
      ...(product.brand ? [{ key: 'brand', value: product.brand, isHint: true, place: at('brand') }] : []),
      ...Object.entries(product.attributes ?? {}).map(([key, each]) => ({
        key,
        value: each,
        isHint: false,
        place: at(`attributes.${key}`),
      })),
    ],
    externalId,
    variants:
      variants.length === 0
        ? [variantOf(row, '', product, [])]
        : variants.map((variant, i) => variantOf(row, `variants.${i}.`, variant, optionsOf(variant.options ?? []))),
    decimalsAfter: 'point',
    mistakes: [],
    raw: product.shopifyRows ? shopifyDraft(product.shopifyRows.map((values) => ({ row, values }))).raw : null,
  };
}

const EMPTY: Omit<Draft, 'row' | 'lastRow' | 'title' | 'mistakes'> = {
  handle: '',
  description: undefined,
  categories: [],
  kind: undefined,
  condition: undefined,
  state: undefined,
  tags: undefined,
  images: undefined,
  attributes: [],
  externalId: null,
  variants: [],
  decimalsAfter: 'point',
  raw: null,
};

type Variant = Pick<Product, keyof typeof Sellable>;

function variantOf(row: number, prefix: string, variant: Variant, options: DraftVariant['options']): DraftVariant {
  const cell = (column: string, text: string | undefined) =>
    text === undefined ? undefined : { row, column: prefix + column, text };
  const count = (number: number | null | undefined) => (number == null ? undefined : String(number));
  // `stock: null` says unlimited, as our export writes it; a file without the field says nothing.
  const onHand = variant.onHand === undefined ? variant.stock : variant.onHand;
  return {
    row,
    sku: variant.sku ?? null,
    options,
    price: cell('price', textOf(variant.price)),
    compareAtPrice: cell('compareAtPrice', textOf(variant.compareAtPrice)),
    onHand: onHand === null ? null : cell('stock', count(onHand)),
    weightGrams: cell('weightGrams', count(variant.weightGrams ?? variant.weight)),
    externalId: prefix === '' ? null : (variant.externalId ?? null),
  };
}

/** Minor units are marked, because only the marketplace's currency tells how many make one. */
function textOf(amount: z.output<typeof Amount> | null | undefined): string | undefined {
  if (amount === null || amount === undefined) return undefined;
  return typeof amount === 'string' ? amount : `${amount.amountMinor} minor ${amount.currency}`;
}

function optionsOf(options: z.output<typeof Options>): { name: string; value: string }[] {
  return Array.isArray(options) ? options : Object.entries(options).map(([name, value]) => ({ name, value }));
}
