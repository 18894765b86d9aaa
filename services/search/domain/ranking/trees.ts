import { z } from 'zod';
import { FEATURES } from './features.ts';
import type { RankingModel } from './model.ts';

type Node = z.output<typeof Leaf> | Split;
type Split = {
  readonly split_feature: number;
  readonly threshold: number;
  readonly decision_type: '<=';
  readonly default_left: boolean;
  readonly left_child: Node;
  readonly right_child: Node;
};

const Leaf = z.object({ leaf_value: z.number() });
const Split: z.ZodType<Split> = z.lazy(() =>
  z.object({
    split_feature: z.int().min(0),
    threshold: z.number(),
    decision_type: z.literal('<='),
    default_left: z.boolean(),
    left_child: z.union([Split, Leaf]),
    right_child: z.union([Split, Leaf]),
  }),
);

/** What of LightGBM's `dump_model()` is needed to evaluate it. Its features must be our first ones, in our order. */
const TreesFile = z.object({
  feature_names: z.array(z.string()).refine((names) => names.every((name, i) => name === FEATURES[i]), {
    error: `must have the features ${FEATURES.join(', ')}, or the first of them`,
  }),
  tree_info: z
    .array(z.object({ tree_structure: z.union([Split, Leaf]) }))
    .min(1)
    .max(2_000),
});

/** Trees as columns of numbers: walking them touches no objects. A negative child is a leaf. */
type Tree = {
  readonly features: Uint8Array;
  readonly thresholds: Float64Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  readonly leaves: Float64Array;
};

/**
 * Gradient-boosted trees as LightGBM dumps them: the sum of their leaves, the same number as `Booster.predict`. Throws a
 * Zod error when the file is something else.
 */
export function treesModel(file: unknown): RankingModel {
  const trees = TreesFile.parse(file).tree_info.map(({ tree_structure }) => flattened(tree_structure));
  return (features) => {
    let sum = 0;
    for (const { features: feature, thresholds, left, right, leaves } of trees) {
      let at = feature.length === 0 ? -1 : 0;
      while (at >= 0) at = (features[feature[at]!]! <= thresholds[at]! ? left[at] : right[at]) as number;
      sum += leaves[-at - 1]!;
    }
    return sum;
  };
}

function flattened(root: Node): Tree {
  const splits: Split[] = [];
  const leaves: number[] = [];
  const children: [number, number][] = [];
  const place = (node: Node): number => {
    if ('leaf_value' in node) return -leaves.push(node.leaf_value);
    const at = splits.push(node) - 1;
    children[at] = [place(node.left_child), place(node.right_child)];
    return at;
  };
  place(root);
  return {
    features: Uint8Array.from(splits, ({ split_feature }) => split_feature),
    thresholds: Float64Array.from(splits, ({ threshold }) => threshold),
    left: Int16Array.from(children, ([left]) => left),
    right: Int16Array.from(children, ([, right]) => right),
    leaves: Float64Array.from(leaves),
  };
}
