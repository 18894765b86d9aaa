import { type Currency, parseAmount } from '@plaza/kernel';
import { safeDescription } from '../domain/safe-html.ts';
import type { VariantRecord } from '../domain/variants.ts';
import { decimal, type Exported, imageAddresses } from './exported.ts';
import { isVariantRow, shopifyDraft } from './shopify.ts';

type Row = Record<string, string>;

/** Columns for stores whose catalog did not come from Shopify. */
export const SHOPIFY_COLUMNS: readonly string[] = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Fulfillment Service',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'Status',
];

/**
 * A listing as rows of Shopify's CSV. Where the rows it came from are known, they go out as they came in, save for
 * the fields that changed here since: so columns Plaza has no use for survive.
 */
export function shopifyRows(exported: Exported, columns: readonly string[]): Row[] {
  return exported.source === undefined ? madeRows(exported) : keptRows(exported, exported.source, columns);
}

function madeRows({ listing, images }: Exported): Row[] {
  const addresses = imageAddresses(listing, images);
  const names = listing.variants[0]?.options.map(({ name }) => name) ?? [];
  const brand = listing.attributes.brand;
  const count = Math.max(listing.variants.length, addresses.length);
  return Array.from({ length: count }, (_, i): Row => {
    const variant = listing.variants[i];
    const image = addresses[i];
    return {
      Handle: listing.handle,
      ...(i === 0
        ? {
            Title: listing.title,
            'Body (HTML)': listing.description,
            Vendor: typeof brand === 'string' ? brand : '',
            Type: listing.categoryId,
            Tags: listing.tags.join(', '),
            Published: String(listing.state === 'published'),
            'Gift Card': 'false',
            Status: statusOf(listing.state),
            ...Object.fromEntries(names.slice(0, 3).map((name, n) => [`Option${n + 1} Name`, name])),
            ...(names.length === 0 ? { 'Option1 Name': 'Title' } : {}),
          }
        : {}),
      ...(variant === undefined
        ? {}
        : variantCells(variant, listing.currency as Currency, listing.kind === 'physical')),
      ...(image === undefined
        ? {}
        : { 'Image Src': image.url, 'Image Position': String(i + 1), 'Image Alt Text': image.alt ?? '' }),
    };
  });
}

function variantCells(variant: VariantRecord, currency: Currency, isShipped: boolean): Row {
  return {
    ...(variant.options.length === 0 ? { 'Option1 Value': 'Default Title' } : {}),
    ...Object.fromEntries(variant.options.slice(0, 3).map(({ value }, n) => [`Option${n + 1} Value`, value])),
    'Variant SKU': variant.sku ?? '',
    'Variant Grams': String(variant.weightGrams ?? 0),
    'Variant Inventory Tracker': variant.onHand === null ? '' : 'shopify',
    'Variant Inventory Qty': variant.onHand === null ? '' : String(variant.onHand),
    'Variant Inventory Policy': 'deny',
    'Variant Fulfillment Service': 'manual',
    'Variant Price': decimal(variant.priceMinor, currency),
    'Variant Compare At Price': variant.compareAtMinor === null ? '' : decimal(variant.compareAtMinor, currency),
    'Variant Requires Shipping': String(isShipped),
    'Variant Taxable': 'true',
  };
}

function keptRows({ listing, images }: Exported, source: readonly Row[], columns: readonly string[]): Row[] {
  // A column the file did not have is not the same as an empty cell of one it had.
  const whole = source.map((values) => ({
    row: 0,
    values: { ...Object.fromEntries(columns.map((column) => [column, ''])), ...values },
  }));
  const draft = shopifyDraft(whole);
  const currency = listing.currency as Currency;
  const left = [...listing.variants];
  const take = (matches: (variant: VariantRecord) => boolean): VariantRecord | undefined => {
    const index = left.findIndex(matches);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const drafts = [...draft.variants];
  const rows: Row[] = [];
  source.forEach((values, i) => {
    const isVariant = i === 0 || isVariantRow({ values });
    const said = isVariant ? drafts.shift() : undefined;
    let row = { ...values };
    if (said !== undefined) {
      const now =
        take(({ sku }) => sku !== null && sku === said.sku) ??
        take(({ options }) => JSON.stringify(options) === JSON.stringify(said.options));
      // A variant that was removed here leaves its picture behind, if it had one; the first row is the product's own.
      if (now !== undefined) row = { ...row, ...changedCells(now, said, values, currency) };
      else if (i > 0) {
        if (row['Image Src'] === undefined) return;
        row = Object.fromEntries(Object.entries(row).filter(([column]) => /^(Handle|Image)/.test(column)));
      }
    }
    rows.push(row);
  });
  for (const variant of left)
    rows.push({
      Handle: source[0]?.Handle ?? listing.handle,
      ...variantCells(variant, currency, listing.kind === 'physical'),
    });
  const [first, ...rest] = rows as [Row, ...Row[]];
  return [{ ...first, ...changedProductCells({ listing, images, source }, draft) }, ...rest];
}

function changedCells(
  now: VariantRecord,
  said: ReturnType<typeof shopifyDraft>['variants'][number],
  values: Row,
  currency: Currency,
): Row {
  const amount = (text: string | undefined) => (text === undefined ? null : (parseAmount(text, currency) ?? null));
  const row: Row = {};
  if (amount(said.price?.text) !== now.priceMinor) row['Variant Price'] = decimal(now.priceMinor, currency);
  if (amount(said.compareAtPrice?.text) !== now.compareAtMinor)
    row['Variant Compare At Price'] = now.compareAtMinor === null ? '' : decimal(now.compareAtMinor, currency);
  if (said.onHand !== undefined && said.onHand !== null && Math.max(0, Number(said.onHand.text)) !== now.onHand)
    row['Variant Inventory Qty'] = String(now.onHand ?? '');
  if (said.onHand === null && now.onHand !== null) {
    row['Variant Inventory Tracker'] = values['Variant Inventory Tracker'] || 'shopify';
    row['Variant Inventory Policy'] = 'deny';
    row['Variant Inventory Qty'] = String(now.onHand);
  }
  if (Math.round(Number(said.weightGrams?.text ?? 0)) !== (now.weightGrams ?? 0))
    row['Variant Grams'] = String(now.weightGrams ?? 0);
  if ((said.sku ?? null) !== now.sku) row['Variant SKU'] = now.sku ?? '';
  return row;
}

function changedProductCells({ listing }: Exported, draft: ReturnType<typeof shopifyDraft>): Row {
  const row: Row = {};
  if (draft.title.text !== listing.title) row.Title = listing.title;
  if (safeDescription(draft.description?.text ?? '') !== listing.description) row['Body (HTML)'] = listing.description;
  const tags = [...new Set((draft.tags ?? []).map((tag) => tag.slice(0, 50).trim()).slice(0, 30))];
  if (JSON.stringify(tags) !== JSON.stringify(listing.tags)) row.Tags = listing.tags.join(', ');
  const state = listing.state === 'sold' || listing.state === 'suspended' ? 'paused' : listing.state;
  if (draft.state !== undefined && draft.state !== state) {
    row.Status = statusOf(state);
    row.Published = String(state === 'published');
  }
  return row;
}

function statusOf(state: string): string {
  if (state === 'published') return 'active';
  return state === 'draft' ? 'draft' : 'archived';
}
