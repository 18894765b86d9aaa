import type { LocalizedText } from '@plaza/kernel';
import { type Attribute, flattenCategories, type MarketplaceSettings } from '@plaza/kernel/marketplace';

/** What search needs of a marketplace's settings, worked out once. */
export type SearchTree = {
  readonly categoryNames: ReadonlyMap<string, LocalizedText>;
  readonly conditionNames: ReadonlyMap<string, LocalizedText>;
  /** By key; the same key in two categories means the same property. */
  readonly attributes: ReadonlyMap<string, Attribute>;
};

const trees = new WeakMap<MarketplaceSettings, SearchTree>();

export function searchTree(settings: MarketplaceSettings): SearchTree {
  const known = trees.get(settings);
  if (known !== undefined) return known;
  const categories = flattenCategories(settings.categories);
  const attributes = new Map<string, Attribute>();
  for (const each of categories)
    for (const attribute of each.attributes) {
      const before = attributes.get(attribute.key);
      attributes.set(attribute.key, before === undefined ? attribute : merged(before, attribute));
    }
  const tree = {
    categoryNames: new Map(categories.map(({ id, name }) => [id, name])),
    conditionNames: new Map(settings.conditions.map(({ id, label }) => [id, label])),
    attributes,
  };
  trees.set(settings, tree);
  return tree;
}

/** One attribute of two categories: filterable if either is, with the options of both. */
function merged(a: Attribute, b: Attribute): Attribute {
  const options = [...(a.options ?? []), ...(b.options ?? [])];
  return {
    ...a,
    filterable: a.filterable || b.filterable,
    searchable: a.searchable || b.searchable,
    versions: a.versions || b.versions,
    ...(options.length === 0 ? {} : { options: [...new Map(options.map((each) => [each.value, each])).values()] }),
  };
}
