import { z } from 'zod';

/** What is known of a candidate when it is put in its place; each between 0 and 1. */
export const FEATURES = [
  /** How well it goes with the history, against the candidate that goes best. */
  'affinity',
  /** How many people deal with it lately, on a logarithmic scale, against the most popular. */
  'popularity',
  /** 1 when just published, a half after a week. */
  'freshness',
  /** Share of the history in its category. */
  'category',
  /** 1 of a store that was bought from or nearly so. */
  'store',
  /** 1 where what they looked at is. */
  'nearby',
  /** How alike its title is to what was looked at last. */
  'likeness',
  /** How near its price is to what was looked at: 1 the same, a half at twice or half of it. */
  'price',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = Readonly<Record<Feature, number>>;

/** A way to judge candidates. */
export type Judge = (features: Features) => number;

/**
 * The default before a marketplace has a model of its own. Judged, not measured: what goes with the history leads, the
 * others order what it says nothing about, and none of them alone outweighs it.
 */
const DEFAULT_WEIGHTS: Features = {
  affinity: 1,
  popularity: 0.25,
  freshness: 0.15,
  category: 0.2,
  store: 0.15,
  nearby: 0.1,
  likeness: 0.2,
  price: 0.1,
};

export const judgeByDefault: Judge = (features) =>
  FEATURES.reduce((sum, feature) => sum + DEFAULT_WEIGHTS[feature] * features[feature], 0);

/** A question of one feature, or an answer. */
export type Tree =
  | { readonly value: number }
  | { readonly feature: Feature; readonly threshold: number; readonly left: Tree; readonly right: Tree };

const TreeSchema: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.strictObject({ value: z.number() }),
    z.strictObject({ feature: z.enum(FEATURES), threshold: z.number(), left: TreeSchema, right: TreeSchema }),
  ]),
);

/** Gradient-boosted trees as JSON: the score is the sum of the leaves that a candidate falls into. `left`: at most the threshold. */
const TreesSchema = z.object({ trees: z.array(TreeSchema).min(1).max(2_000) });

/** A trained model read from its JSON. @throws when it is not one, saying where. */
export function judgeByTrees(json: unknown): Judge {
  const { trees } = TreesSchema.parse(json);
  return (features) => trees.reduce((sum, tree) => sum + leafOf(tree, features), 0);
}

function leafOf(tree: Tree, features: Features): number {
  let at = tree;
  while ('feature' in at) at = features[at.feature] <= at.threshold ? at.left : at.right;
  return at.value;
}
