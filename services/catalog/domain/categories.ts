import type { LocalizedText } from '@plaza/kernel';
import {
  type Attribute,
  attributesOf,
  type Category,
  flattenCategories,
  kindsOf,
  type MarketplaceSettings,
} from '@plaza/kernel/marketplace';
import type { ListingKind } from '../contract.ts';
import { errors } from '../errors.ts';

/** A category with what follows from its place in the tree. */
export type PlacedCategory = {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: LocalizedText;
  /** From the root to itself. */
  readonly path: readonly { readonly id: string; readonly name: LocalizedText }[];
  /** Itself and all below it. */
  readonly subtree: readonly string[];
  /** Its own and inherited ones. */
  readonly attributes: readonly Attribute[];
  readonly kinds: readonly ListingKind[];
};

/** The tree, worked out once for each settings object: hot reads must not walk it. */
export type CategoryIndex = {
  readonly byId: ReadonlyMap<string, PlacedCategory>;
  /** Parents before children. */
  readonly all: readonly PlacedCategory[];
  /** Every attribute of the tree once, for filters across categories. */
  readonly attributes: readonly Attribute[];
};

const indexes = new WeakMap<MarketplaceSettings, CategoryIndex>();

export function categoryIndex(settings: MarketplaceSettings): CategoryIndex {
  const known = indexes.get(settings);
  if (known !== undefined) return known;
  const all: PlacedCategory[] = [];
  const place = (category: Category, above: PlacedCategory['path']): void => {
    const path = [...above, { id: category.id, name: category.name }];
    all.push({
      id: category.id,
      parentId: above.at(-1)?.id ?? null,
      name: category.name,
      path,
      subtree: flattenCategories([category]).map(({ id }) => id),
      attributes: attributesOf(settings.categories, category.id),
      kinds: kindsOf(settings.categories, category.id, settings.listingKinds),
    });
    for (const child of category.children) place(child, path);
  };
  for (const root of settings.categories) place(root, []);
  const attributes = new Map(all.flatMap((each) => each.attributes.map((attribute) => [attribute.key, attribute])));
  const index = { byId: new Map(all.map((each) => [each.id, each])), all, attributes: [...attributes.values()] };
  indexes.set(settings, index);
  return index;
}

/** The category, or CATEGORY_NOT_FOUND. */
export function getCategory(settings: MarketplaceSettings, id: string): PlacedCategory {
  const category = categoryIndex(settings).byId.get(id);
  if (category === undefined) throw errors.CATEGORY_NOT_FOUND({});
  return category;
}
