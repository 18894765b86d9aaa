import { type FieldError, invalidInput } from '@plaza/kernel';
import type { Attribute } from '@plaza/kernel/marketplace';
import type { Attributes, ListingState } from '../contract.ts';

/*
 * A facet token says one thing a listing can be found and counted by: `color:red`, `wireless:true`, `@condition:good`.
 * A number becomes the bucket of its leading digit: 8.5 is `ram:~8e0`, 130 is `ram:~1e2`. A range filter asks for the
 * buckets it touches and then compares the exact numbers. Tokens live in listing.facets, listing_facet, facet_count.
 */

/** Tokens of a listing: its filterable attributes and its condition. */
export function facetTokens(schema: readonly Attribute[], attributes: Attributes, condition: string | null): string[] {
  const tokens = condition === null ? [] : [conditionToken(condition)];
  for (const { key, type, filterable } of schema) {
    const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (!filterable || value === undefined || value === '') continue;
    if (typeof value === 'number') tokens.push(`${key}:${bucketOf(value)}`);
    else if (type === 'text') tokens.push(textToken(key, String(value)));
    else for (const each of Array.isArray(value) ? value : [value]) tokens.push(`${key}:${each}`);
  }
  return tokens;
}

/** Longer texts are counted by their beginning: a brand is short, an index entry must be. */
const TEXT_LENGTH_MAX = 100;

function textToken(key: string, value: string): string {
  return `${key}:${value.trim().slice(0, TEXT_LENGTH_MAX)}`;
}

export function conditionToken(condition: string): string {
  return `@condition:${condition}`;
}

/** The bucket of a number: its sign, leading digit and decimal exponent. */
export function bucketOf(value: number): string {
  if (value === 0) return '~0';
  const [mantissa = '1', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return `~${value < 0 ? '-' : ''}${mantissa[0]}e${Number(exponent)}`;
}

/** The numbers a bucket holds: `~8e0` is from 8 to below 9. */
export function bucketRange(bucket: string): { from: number; below: number } {
  if (bucket === '~0') return { from: 0, below: 0 };
  const match = /^~(-?)(\d)e(-?\d+)$/.exec(bucket);
  const digit = Number(match?.[2]);
  const [from, below] = [Number(`${digit}e${match?.[3]}`), Number(`${digit + 1}e${match?.[3]}`)];
  return match?.[1] === '-' ? { from: -below, below: -from } : { from, below };
}

/** One attribute's filter: any of these tokens; for a number also the exact range. */
export type AttributeFilter = {
  readonly key: string;
  readonly tokens: readonly string[];
  readonly range?: { readonly minimum: number | null; readonly maximum: number | null };
};

const EXPONENTS = Array.from({ length: 31 }, (_, i) => i - 15);
const BUCKETS = [
  '~0',
  ...EXPONENTS.flatMap((e) => '123456789'.split('').flatMap((d) => [`~${d}e${e}`, `~-${d}e${e}`])),
];

/**
 * Reads filters as they stand in an address: `color:red`, `ram:8..16`, `ram:..16`. Values of one key are
 * alternatives, keys must all hold. An unknown key or value is refused by name rather than ignored.
 */
export function parseAttributeFilters(schema: readonly Attribute[], filters: readonly string[]): AttributeFilter[] {
  const mistakes: FieldError[] = [];
  const parsed = new Map<string, AttributeFilter>();
  filters.forEach((filter, i) => {
    const separator = filter.indexOf(':');
    const key = filter.slice(0, separator);
    const value = filter.slice(separator + 1);
    const attribute = schema.find((each) => each.key === key && each.filterable);
    const next = attribute === undefined ? undefined : readFilter(attribute, value);
    if (next === undefined) {
      const detail = attribute === undefined ? `${key} is not a filter here` : `${value} is not a value of ${key}`;
      mistakes.push({ pointer: `/attribute/${i}`, code: 'filter', detail });
    } else {
      parsed.set(key, { ...next, tokens: [...(parsed.get(key)?.tokens ?? []), ...next.tokens] });
    }
  });
  if (mistakes.length > 0) throw invalidInput(mistakes);
  return [...parsed.values()];
}

function readFilter(attribute: Attribute, value: string): AttributeFilter | undefined {
  const { key, type } = attribute;
  if (type === 'boolean')
    return value === 'true' || value === 'false' ? { key, tokens: [`${key}:${value}`] } : undefined;
  if (type === 'text') return value.trim() === '' ? undefined : { key, tokens: [textToken(key, value)] };
  if (type !== 'number')
    return attribute.options?.some((option) => option.value === value)
      ? { key, tokens: [`${key}:${value}`] }
      : undefined;
  const match = /^(-?\d+(?:\.\d+)?)?(\.\.)?(-?\d+(?:\.\d+)?)?$/.exec(value);
  if (match === null || value === '' || value === '..') return undefined;
  const minimum = match[1] === undefined ? null : Number(match[1]);
  const maximum = match[2] === undefined ? minimum : match[3] === undefined ? null : Number(match[3]);
  const touched = BUCKETS.filter((bucket) => {
    const { from, below } = bucketRange(bucket);
    return below >= (minimum ?? Number.NEGATIVE_INFINITY) && from <= (maximum ?? Number.POSITIVE_INFINITY);
  });
  return { key, tokens: touched.map((bucket) => `${key}:${bucket}`), range: { minimum, maximum } };
}

type Counted = {
  readonly state: ListingState;
  readonly categoryId: string;
  readonly facets: readonly string[];
};

export type FacetChange = { readonly categoryId: string; readonly token: string; readonly delta: number };

/** What counters change by when listings go from `before` to `after`. Only published ones count; '' counts them all. */
export function facetChanges(moves: readonly { before: Counted | undefined; after: Counted }[]): FacetChange[] {
  const sums = new Map<string, FacetChange>();
  const add = (listing: Counted | undefined, delta: number): void => {
    if (listing?.state !== 'published') return;
    for (const token of ['', ...listing.facets]) {
      const key = `${listing.categoryId}\n${token}`;
      sums.set(key, { categoryId: listing.categoryId, token, delta: (sums.get(key)?.delta ?? 0) + delta });
    }
  };
  for (const { before, after } of moves) {
    add(before, -1);
    add(after, 1);
  }
  return [...sums.values()].filter(({ delta }) => delta !== 0);
}
