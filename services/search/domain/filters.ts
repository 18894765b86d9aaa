import { type FieldError, type InputOf, invalidInput } from '@plaza/kernel';
import type { Attribute } from '@plaza/kernel/marketplace';
import type { searchContract } from '../contract.ts';
import type { TokenFilter } from '../engine/engine.ts';
import { compatibilitiesIn, WORKS_KEY } from './compatibility.ts';
import { RATING_KEY } from './rating.ts';
import type { SearchTree } from './tree.ts';

type Filters = Pick<
  InputOf<typeof searchContract.searchListings>,
  'categoryId' | 'storeId' | 'kind' | 'condition' | 'attribute' | 'worksWith' | 'ratingMin'
>;

const RANGE = /^(-?\d+(?:\.\d+)?)?(\.\.)?(-?\d+(?:\.\d+)?)?$/;

/** The filters of an address as the engine takes them. An unknown attribute is refused by name, rather than ignored. */
export function tokenFilters(tree: SearchTree, input: Filters): TokenFilter[] {
  const filters: TokenFilter[] = [];
  const only = (key: string, values: readonly string[] | undefined): void => {
    if (values !== undefined && values.length > 0) filters.push({ key, values, ranges: [] });
  };
  only('category', input.categoryId === undefined ? undefined : [input.categoryId]);
  only('@store', input.storeId === undefined ? undefined : [input.storeId]);
  only('@kind', input.kind === undefined ? undefined : [input.kind]);
  only('condition', input.condition);
  only(RATING_KEY, input.ratingMin === undefined ? undefined : [String(input.ratingMin)]);
  if (input.worksWith !== undefined) filters.push(versionFilter(input.worksWith));
  return [...filters, ...attributeFilters(tree.attributes, input.attribute ?? [])];
}

/** `Unity 2022.3`: one program in one version. */
function versionFilter(text: string): TokenFilter {
  const [works, ...more] = compatibilitiesIn(text);
  if (works === undefined || more.length > 0 || works.from === null || works.to !== works.from)
    throw invalidInput([
      { pointer: '/worksWith', code: 'filter', detail: 'must be a program and a version, e.g. Unity 2022.3' },
    ]);
  return { key: WORKS_KEY, values: [], ranges: [], works };
}

/** `color:red`, `ram:8..16`, `ram:8..`: values of one key are alternatives, keys must all hold. */
function attributeFilters(attributes: ReadonlyMap<string, Attribute>, given: readonly string[]): TokenFilter[] {
  const mistakes: FieldError[] = [];
  const filters = new Map<string, TokenFilter>();
  given.forEach((filter, i) => {
    const separator = filter.indexOf(':');
    const key = filter.slice(0, Math.max(0, separator));
    const value = filter.slice(separator + 1);
    const attribute = attributes.get(key);
    const known = filters.get(key) ?? { key, values: [], ranges: [] };
    const next = attribute?.filterable === true ? withValue(known, attribute, value) : undefined;
    if (next !== undefined) filters.set(key, next);
    else
      mistakes.push({
        pointer: `/attribute/${i}`,
        code: 'filter',
        detail: attribute?.filterable === true ? `${value} is not a value of ${key}` : `${key} is not a filter here`,
      });
  });
  if (mistakes.length > 0) throw invalidInput(mistakes);
  return [...filters.values()];
}

function withValue(filter: TokenFilter, { type }: Attribute, value: string): TokenFilter | undefined {
  if (type !== 'number') return value === '' ? undefined : { ...filter, values: [...filter.values, value] };
  const match = RANGE.exec(value);
  if (match === null || value === '' || value === '..') return undefined;
  const minimum = match[1] === undefined ? null : Number(match[1]);
  const maximum = match[2] === undefined ? minimum : match[3] === undefined ? null : Number(match[3]);
  return { ...filter, ranges: [...filter.ranges, { minimum, maximum }] };
}
