import { writtenNumber } from '@plaza/kernel';
import type { Attribute, MarketplaceSettings } from '@plaza/kernel/marketplace';
import { type Attributes, type AttributeValue, Handle, ListingKind } from '../contract.ts';
import { categoryIndex, type PlacedCategory } from '../domain/categories.ts';
import { handleFrom } from '../domain/handle.ts';
import type { ListingRecord } from '../domain/listing.ts';
import type { ListingRow, VariantRow } from '../operations/upsert-listing-batch.ts';
import type { ImportOptions } from './contract.ts';
import type { Cell, Draft, DraftVariant, Mistake } from './draft.ts';
import { amountOf, type Refusal, wholeNumberOf } from './numbers.ts';

const TITLE_LENGTH_MAX = 200;
const TAGS_MAX = 30;
const TAG_LENGTH_MAX = 50;
const VARIANTS_MAX = 250;

export type Checked = { readonly row: ListingRow; readonly mistakes: readonly Mistake[] };

/** The handle a listing of this draft has: the file's own, made fit for addresses. */
export function handleOf(draft: Draft): string {
  return Handle.safeParse(draft.handle).success ? draft.handle : handleFrom(draft.handle || draft.title.text);
}

/**
 * What a draft becomes in this marketplace, laid over `before`: what the file does not say stays. With mistakes the row
 * is not to be used.
 */
export function checkDraft(
  settings: MarketplaceSettings,
  options: ImportOptions,
  draft: Draft,
  before: ListingRecord | undefined,
): Checked {
  const mistakes: Mistake[] = [...draft.mistakes];
  const report: Report = ({ row, column }, code, message) => {
    mistakes.push({ row, column: column ?? null, code, message });
  };
  const { title, description } = draft;
  if (title.text.length < 3) report(title, 'length', `must have at least 3 characters, not ${title.text.length}`);
  const shown = shortened(title.text);
  // Nothing is lost of a title that is too long: the text begins with all of it.
  const text = shown === title.text ? description?.text : `${title.text}\n\n${description?.text ?? ''}`.trim();
  if ((text?.length ?? 0) > 50_000) report(description ?? title, 'length', 'must have at most 50,000 characters');
  const category = categoryOf(settings, options, draft, before, report);
  const kind = kindOf(draft, options, category, before, report);
  if (draft.variants.length > VARIANTS_MAX)
    report(draft, 'variants', `has ${draft.variants.length} variants, more than ${VARIANTS_MAX}`);
  const variants = draft.variants.map((variant) => variantOf(settings, options, draft, variant, before, report));
  const condition = draft.condition?.text ?? before?.condition ?? options.defaultCondition ?? null;
  const offered = settings.conditions.find(({ id }) => id === condition?.toLowerCase());
  if (condition !== null && offered === undefined)
    report(
      draft.condition ?? draft,
      'condition',
      `must be one of ${settings.conditions.map(({ id }) => id).join(', ')}, not “${condition}”`,
    );
  const tags = draft.tags?.map((tag) => tag.slice(0, TAG_LENGTH_MAX).trim()).slice(0, TAGS_MAX);
  return {
    mistakes,
    row: {
      handle: handleOf(draft),
      kind,
      title: shown,
      description: text ?? before?.description ?? '',
      categoryId: category?.id ?? '',
      attributes: attributesOf(category?.attributes ?? [], draft, before, report),
      condition: offered?.id ?? null,
      location: before?.location ?? null,
      tags: tags === undefined ? (before?.tags ?? []) : [...new Set(tags)],
      images: before?.images ?? [],
      taxClass: before?.taxClass ?? 'standard',
      isOfferAllowed: before?.isOfferAllowed ?? false,
      externalId: draft.externalId?.slice(0, 200) ?? before?.externalId ?? null,
      state: draft.state ?? stateOf(before) ?? options.defaultState,
      currency: settings.currency,
      variants,
    },
  };
}

/** At most as long as a title may be, cut between two words. */
function shortened(title: string): string {
  if (title.length <= TITLE_LENGTH_MAX) return title;
  const cut = title.slice(0, TITLE_LENGTH_MAX - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > TITLE_LENGTH_MAX / 2 ? cut.slice(0, end) : cut).trimEnd()}…`;
}

type Report = (place: { readonly row: number; readonly column?: string | null }, code: string, message: string) => void;

function stateOf(before: ListingRecord | undefined): ListingRow['state'] | undefined {
  if (before === undefined) return undefined;
  return before.state === 'draft' || before.state === 'published' ? before.state : 'paused';
}

const namesOf = new WeakMap<MarketplaceSettings, Map<string, PlacedCategory>>();

/** By id, by name in any language, by the parts of a path from the last on. */
function findCategory(settings: MarketplaceSettings, options: ImportOptions, text: string): PlacedCategory | undefined {
  let names = namesOf.get(settings);
  if (names === undefined) {
    names = new Map();
    for (const each of categoryIndex(settings).all)
      for (const name of [each.id, ...Object.values(each.name)])
        if (!names.has(keyOf(name))) names.set(keyOf(name), each);
    namesOf.set(settings, names);
  }
  const mapped = Object.entries(options.categoryMapping).find(([from]) => keyOf(from) === keyOf(text))?.[1];
  if (mapped !== undefined) return categoryIndex(settings).byId.get(mapped);
  for (const part of [text, ...text.split(/\s*[>/]\s*/).reverse()]) {
    const found = names.get(keyOf(part));
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

function categoryOf(
  settings: MarketplaceSettings,
  options: ImportOptions,
  draft: Draft,
  before: ListingRecord | undefined,
  report: Report,
): PlacedCategory | undefined {
  for (const { text } of draft.categories) {
    const found = findCategory(settings, options, text);
    if (found !== undefined) return found;
  }
  // A listing that was moved by hand keeps its place when the file names none of ours.
  const fallback = before?.categoryId ?? options.defaultCategoryId;
  const found = fallback === undefined ? undefined : categoryIndex(settings).byId.get(fallback);
  if (found === undefined) {
    const given = draft.categories[0];
    report(
      given ?? draft,
      'category',
      given === undefined
        ? 'has no category: add one, or choose a default for the import'
        : `“${given.text}” is not a category here: map it, or choose a default for the import`,
    );
  }
  return found;
}

function kindOf(
  draft: Draft,
  options: ImportOptions,
  category: PlacedCategory | undefined,
  before: ListingRecord | undefined,
  report: Report,
): ListingKind {
  const given = draft.kind === undefined ? undefined : ListingKind.safeParse(draft.kind.text);
  if (draft.kind !== undefined && given?.success === false)
    report(draft.kind, 'kind', `must be physical, digital or service, not “${draft.kind.text}”`);
  const kind = given?.data ?? before?.kind ?? options.kind;
  const isAllowed = category === undefined || category.kinds.includes(kind);
  return isAllowed || given?.success === true ? kind : (category.kinds[0] ?? kind);
}

function variantOf(
  settings: MarketplaceSettings,
  { defaultPriceMinor }: ImportOptions,
  { decimalsAfter }: Draft,
  variant: DraftVariant,
  before: ListingRecord | undefined,
  report: Report,
): VariantRow {
  const known =
    before?.variants.find(({ sku }) => sku !== null && sku === variant.sku) ??
    before?.variants.find(({ options }) => JSON.stringify(options) === JSON.stringify(variant.options));
  const amount = (cell: Cell) => orReported(cell, amountOf(cell.text, settings.currency, decimalsAfter), report);
  const count = (cell: Cell, maximum: number) =>
    orReported(cell, wholeNumberOf(cell.text, maximum, decimalsAfter), report);
  const price = variant.price === undefined ? defaultPriceMinor : amount(variant.price);
  if (price === undefined && variant.price === undefined)
    report({ row: variant.row, column: 'price' }, 'required', 'must have a price');
  const compareAt = variant.compareAtPrice && amount(variant.compareAtPrice);
  if ((variant.sku?.length ?? 0) > 100)
    report({ row: variant.row, column: 'sku' }, 'length', 'must have at most 100 characters');
  for (const { name, value } of variant.options)
    if (name.length > 60 || value.length > 120)
      report(
        { row: variant.row, column: name.slice(0, 60) },
        'length',
        'an option has a name of at most 60 and a value of at most 120 characters',
      );
  const onHand = onHandOf(variant, known, count);
  const grams = variant.weightGrams && count(variant.weightGrams, 10_000_000);
  return {
    sku: variant.sku,
    options: variant.options,
    priceMinor: price ?? 0,
    compareAtPriceMinor: compareAt ?? null,
    onHand,
    weightGrams: grams ?? known?.weightGrams ?? null,
    imageUrl: known?.imageUrl ?? null,
    licenseCode: known?.licenseCode ?? null,
    externalId: variant.externalId ?? known?.externalId ?? null,
  };
}

function orReported(cell: Cell, read: number | Refusal, report: Report): number | undefined {
  if (typeof read === 'number') return read;
  report(cell, read.code, read.message);
  return undefined;
}

/** Null: unlimited. A file that says nothing leaves the count as it was. */
function onHandOf(
  { onHand }: DraftVariant,
  known: ListingRecord['variants'][number] | undefined,
  count: (cell: Cell, maximum: number) => number | undefined,
): number | null {
  if (onHand === null) return null;
  if (onHand === undefined) return known === undefined ? 0 : known.onHand;
  // An oversold count, which Shopify writes below zero, is none left.
  return Math.max(0, count(onHand, 1_000_000_000) ?? 0);
}

/** The file's attributes over the ones there were. A hint (a brand column) is dropped where the category has no use for it. */
function attributesOf(
  schema: readonly Attribute[],
  draft: Draft,
  before: ListingRecord | undefined,
  report: Report,
): Attributes {
  if (before === undefined && draft.attributes.length === 0) return {};
  const known = new Map(schema.map((attribute) => [attribute.key, attribute]));
  const kept = Object.entries(before?.attributes ?? {}).filter(([key]) => known.has(key));
  const given = draft.attributes.flatMap(({ key, value, isHint, place }): [string, AttributeValue][] => {
    const attribute = known.get(key);
    if (attribute === undefined) {
      if (!isHint) report(place, 'attribute', `${key} is not an attribute of this category`);
      return [];
    }
    const read = readValue(attribute, value);
    if (read === undefined) {
      if (!isHint) report(place, 'attribute', `“${String(value)}” is not a value of ${key}`);
      return [];
    }
    return [[key, read]];
  });
  return Object.fromEntries([...kept, ...given]);
}

/** Text of a CSV as the attribute's type; options also by their label. */
function readValue(attribute: Attribute, value: unknown): AttributeValue | undefined {
  const option = (text: string): string | undefined =>
    attribute.options?.find(
      (each) =>
        keyOf(each.value) === keyOf(text) || Object.values(each.label).some((label) => keyOf(label) === keyOf(text)),
    )?.value;
  if (attribute.type === 'multi-enum') {
    const texts = Array.isArray(value) ? value.map(String) : String(value).split(/[|,]/);
    const values = texts.map((text) => option(text.trim()));
    return values.every((each) => each !== undefined) ? values : undefined;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  switch (attribute.type) {
    case 'number':
      return numberOf(value);
    case 'boolean':
      return /^(true|yes|1)$/i.test(value) ? true : /^(false|no|0)$/i.test(value) ? false : undefined;
    case 'enum':
      return option(value);
    case 'text':
      return value.slice(0, 2000);
    default:
      return attribute.type satisfies never;
  }
}

/** `27.5`, and as a spreadsheet may write it, `27,5`. */
function numberOf(text: string): number | undefined {
  if (Number.isFinite(Number(text))) return Number(text);
  const written = writtenNumber(text);
  return written === undefined || written === 'ambiguous' ? undefined : Number(`${written.whole}.${written.decimals}`);
}
