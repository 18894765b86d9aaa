import type { FieldError } from '@plaza/kernel';

export type OptionChoice = { readonly name: string; readonly value: string };

/** A variant as operations work on it. Ids are database UUIDs. */
export type VariantRecord = {
  readonly id: string;
  readonly sku: string | null;
  readonly options: readonly OptionChoice[];
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  /** Null: unlimited. */
  readonly onHand: number | null;
  readonly reserved: number;
  readonly weightGrams: number | null;
  readonly imageUrl: string | null;
  readonly licenseCode: string | null;
  readonly externalId: string | null;
};

/** A variant as it should become. An absent `onHand` keeps the count, or is 0 for a new one. */
export type VariantChange = Omit<VariantRecord, 'id' | 'reserved' | 'onHand'> & {
  readonly id?: string | undefined;
  readonly onHand?: number | null | undefined;
};

/** Pieces that can be bought over all variants; null when one is unlimited. */
export function freeQuantityOf(variants: readonly Pick<VariantRecord, 'onHand' | 'reserved'>[]): number | null {
  let free = 0;
  for (const { onHand, reserved } of variants) {
    if (onHand === null) return null;
    free += onHand - reserved;
  }
  return free;
}

/** `Red / M`; empty for a variant without options. */
export function variantTitle(options: readonly OptionChoice[]): string {
  return options.map(({ value }) => value).join(' / ');
}

function optionsKey(options: readonly OptionChoice[]): string {
  return JSON.stringify(options.map(({ name, value }) => [name.toLowerCase(), value.toLowerCase()]).sort());
}

/**
 * Brings a listing's variants to what `changes` say: matched by id, then by SKU, then by options, so that a repeated
 * import keeps ids and reservations. What is not matched is removed; `newId` makes ids of new ones.
 */
export function mergeVariants(
  existing: readonly VariantRecord[],
  changes: readonly VariantChange[],
  newId: () => string,
): { variants: VariantRecord[]; removed: VariantRecord[] } {
  const left = new Map(existing.map((variant) => [variant.id, variant]));
  const take = (matches: (variant: VariantRecord) => boolean): VariantRecord | undefined => {
    for (const variant of left.values()) {
      if (!matches(variant)) continue;
      left.delete(variant.id);
      return variant;
    }
    return undefined;
  };
  const byId = changes.map(({ id }) => (id === undefined ? undefined : take((variant) => variant.id === id)));
  const bySku = changes.map(({ id, sku }, i) =>
    byId[i] !== undefined || id !== undefined || sku === null ? byId[i] : take((variant) => variant.sku === sku),
  );
  const variants = changes.map((change, i) => {
    const key = optionsKey(change.options);
    const known =
      bySku[i] ?? (change.id === undefined ? take((variant) => optionsKey(variant.options) === key) : undefined);
    const { id: _, onHand, ...rest } = change;
    return {
      ...rest,
      id: known?.id ?? newId(),
      reserved: known?.reserved ?? 0,
      onHand: onHand === undefined ? (known === undefined ? 0 : known.onHand) : onHand,
    };
  });
  return { variants, removed: [...left.values()] };
}

/** What is wrong with a list of variants as a whole: equal options, equal SKUs, options that some lack. */
export function variantMistakes(variants: readonly Pick<VariantChange, 'sku' | 'options'>[]): FieldError[] {
  const found: FieldError[] = [];
  const keys = new Map<string, number>();
  const skus = new Map<string, number>();
  const names = variants[0]?.options.map(({ name }) => name).join('\n');
  variants.forEach(({ sku, options }, i) => {
    const key = optionsKey(options);
    if (keys.has(key))
      found.push({
        pointer: `/variants/${i}/options`,
        code: 'duplicate',
        detail: `are those of variant ${keys.get(key)}`,
      });
    keys.set(key, i);
    if (options.map(({ name }) => name).join('\n') !== names)
      found.push({
        pointer: `/variants/${i}/options`,
        code: 'options',
        detail: 'must name the same options as the first variant',
      });
    if (sku === null) return;
    if (skus.has(sku))
      found.push({ pointer: `/variants/${i}/sku`, code: 'duplicate', detail: `is that of variant ${skus.get(sku)}` });
    skus.set(sku, i);
  });
  return found;
}

/** Option names with their values in order of appearance, for pickers. */
export function optionPickers(
  variants: readonly Pick<VariantRecord, 'options'>[],
): { name: string; values: string[] }[] {
  const pickers = new Map<string, Set<string>>();
  for (const { options } of variants)
    for (const { name, value } of options) pickers.set(name, (pickers.get(name) ?? new Set()).add(value));
  return [...pickers].map(([name, values]) => ({ name, values: [...values] }));
}
