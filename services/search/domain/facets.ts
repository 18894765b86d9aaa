import type { Facet } from '@plaza/catalog/contract';
import type { LocalizedText } from '@plaza/kernel';
import { nameOfValue } from '@plaza/kernel/marketplace';
import type { EngineResult } from '../engine/engine.ts';
import { RATING_KEY } from './rating.ts';
import type { SearchTree } from './tree.ts';

/** Attribute facets told at most: those that most hits have. */
const ATTRIBUTES_MAX = 12;

const NAMES: Readonly<Record<'category' | 'rating' | 'condition', LocalizedText>> = {
  category: { en: 'Category', th: 'หมวดหมู่', es: 'Categoría', ja: 'カテゴリー' },
  rating: { en: 'Stars', th: 'คะแนน', es: 'Estrellas', ja: '評価' },
  condition: { en: 'Condition', th: 'สภาพ', es: 'Estado', ja: '状態' },
};

/** Counts with names for people: category, stars and condition first, then attributes by how many hits have them. */
export function namedFacets(tree: SearchTree, counted: EngineResult['facets']): Facet[] {
  const named = (['category', RATING_KEY, 'condition'] as const).flatMap((key): Facet[] => {
    const found = counted.find((each) => each.key === key);
    if (found === undefined) return [];
    if (key === RATING_KEY) return [{ key, name: NAMES[key], values: upFrom(found.values) }];
    const names = key === 'category' ? tree.categoryNames : tree.conditionNames;
    return [{ key, name: NAMES[key], values: valuesOf(found.values, (value) => names.get(value)) }];
  });
  const attributes = counted
    .flatMap(({ key, values }): (Facet & { total: number })[] => {
      const attribute = tree.attributes.get(key);
      if (attribute === undefined) return [];
      const label = (value: string) => nameOfValue(attribute, value);
      const sorted =
        attribute.type === 'number' ? values.toSorted((a, b) => Number(a.value) - Number(b.value)) : values;
      const total = values.reduce((sum, { count }) => sum + count, 0);
      return [{ key, name: attribute.label, values: valuesOf(sorted, label), total }];
    })
    .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
    .slice(0, ATTRIBUTES_MAX)
    .map(({ total: _, ...facet }) => facet);
  return [...named, ...attributes];
}

/** `4 stars and up`, best first. */
function upFrom(values: EngineResult['facets'][number]['values']): Facet['values'] {
  return valuesOf(
    values.toSorted((a, b) => Number(b.value) - Number(a.value)),
    (stars) =>
      stars === '5'
        ? undefined
        : { en: `${stars} and up`, th: `${stars} ดาวขึ้นไป`, es: `${stars} o más`, ja: `${stars}以上` },
  );
}

function valuesOf(
  values: EngineResult['facets'][number]['values'],
  nameOf: (value: string) => LocalizedText | undefined,
): Facet['values'] {
  return values.map(({ value, count }) => ({ value, name: nameOf(value) ?? { en: value }, count }));
}
