import { FEATURES, type Tree } from '../rerank.ts';
import type { Columns } from './columns.ts';

/** Questions from the root to a leaf at most. */
const DEPTH_MAX = 3;
/** With fewer rows a leaf would tell of chance. */
const LEAF_ROWS_MIN = 20;
/** Added to a leaf's curvature, so that little evidence moves little. */
const REGULARIZATION = 1;
/** What of each leaf is believed. */
const LEARNING_RATE = 0.1;
/** Features have at most so many bins. */
const BINS_MAX = 32;

/** Where each row is pulled, and how surely: first and second derivatives of what is to be made better. */
export type Pull = { readonly gradients: Float64Array; readonly curvatures: Float64Array };

/** A regression tree after Friedman (2001), split by second-order gain as in XGBoost (Chen and Guestrin 2016). */
export function fitTree({ thresholds, bins }: Columns, pull: Pull, rows: Uint32Array, depth = 0): Tree {
  const own = sumOf(pull, rows);
  const leaf = { value: (LEARNING_RATE * own.gradient) / (own.curvature + REGULARIZATION) };
  if (depth === DEPTH_MAX || rows.length < 2 * LEAF_ROWS_MIN) return leaf;
  let best: { feature: number; threshold: number; gain: number } | undefined;
  for (let feature = 0; feature < FEATURES.length; feature++) {
    const found = bestSplit(bins[feature]!, thresholds[feature]?.length ?? 0, { pull, rows, own });
    if (found !== undefined && found.gain > (best?.gain ?? 0)) best = { feature, ...found };
  }
  if (best === undefined) return leaf;
  const { feature, threshold } = best;
  const column = bins[feature]!;
  const part = (isLeft: boolean): Tree => {
    const kept = rows.filter((row) => column[row]! <= threshold === isLeft);
    return fitTree({ rowCount: kept.length, thresholds, bins }, pull, kept, depth + 1);
  };
  return {
    feature: FEATURES[feature] as (typeof FEATURES)[number],
    threshold: thresholds[feature]?.[threshold] as number,
    left: part(true),
    right: part(false),
  };
}

type Sum = { readonly gradient: number; readonly curvature: number };

function sumOf({ gradients, curvatures }: Pull, rows: Uint32Array): Sum {
  let [gradient, curvature] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row]!;
    curvature += curvatures[row]!;
  }
  return { gradient, curvature };
}

/** The threshold that tells the rows apart best, if any does. */
function bestSplit(
  column: Uint8Array,
  thresholdCount: number,
  { pull, rows, own }: { readonly pull: Pull; readonly rows: Uint32Array; readonly own: Sum },
): { threshold: number; gain: number } | undefined {
  const gradients = new Float64Array(BINS_MAX);
  const curvatures = new Float64Array(BINS_MAX);
  const counts = new Uint32Array(BINS_MAX);
  for (const row of rows) {
    const bin = column[row]!;
    gradients[bin] = gradients[bin]! + pull.gradients[row]!;
    curvatures[bin] = curvatures[bin]! + pull.curvatures[row]!;
    counts[bin] = counts[bin]! + 1;
  }
  let best: { threshold: number; gain: number } | undefined;
  let [gradient, curvature, count] = [0, 0, 0];
  for (let threshold = 0; threshold < thresholdCount; threshold++) {
    gradient += gradients[threshold]!;
    curvature += curvatures[threshold]!;
    count += counts[threshold]!;
    if (count < LEAF_ROWS_MIN || rows.length - count < LEAF_ROWS_MIN) continue;
    const right = { gradient: own.gradient - gradient, curvature: own.curvature - curvature };
    const gain = worthOf({ gradient, curvature }) + worthOf(right) - worthOf(own);
    if (gain > (best?.gain ?? 1e-9)) best = { threshold, gain };
  }
  return best;
}

function worthOf({ gradient, curvature }: Sum): number {
  return gradient ** 2 / (curvature + REGULARIZATION);
}
