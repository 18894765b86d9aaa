import { FEATURES, type Features } from '../rerank.ts';

/** Values a feature is split at, at most: finer ones tell the same. */
const THRESHOLDS_MAX = 31;

/** Candidates of one person at one moment, and how much they then wanted each: 0, or more the more it says. */
export type Group = { readonly rows: readonly Features[]; readonly grades: readonly number[] };

/** All candidates of all groups as columns of numbers, their values replaced by the number of the threshold they are at most. */
export type Columns = {
  readonly rowCount: number;
  /** By feature, ascending. */
  readonly thresholds: readonly (readonly number[])[];
  /** By feature and row; one more than there are thresholds: beyond all of them. */
  readonly bins: readonly Uint8Array[];
};

/** Bins of about as many rows each. */
export function columnsOf(groups: readonly Group[]): Columns {
  const rows = groups.flatMap((group) => group.rows);
  const thresholds = FEATURES.map((feature) => quantilesOf(rows.map((row) => row[feature])));
  return {
    rowCount: rows.length,
    thresholds,
    bins: FEATURES.map((feature, i) => Uint8Array.from(rows, (row) => binOf(row[feature], thresholds[i] ?? []))),
  };
}

function quantilesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const most = sorted.at(-1);
  const picked = Array.from(
    { length: THRESHOLDS_MAX },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (THRESHOLDS_MAX + 1))],
  );
  // Nothing is beyond the greatest value.
  return [...new Set(picked.filter((value): value is number => value !== undefined && value !== most))];
}

function binOf(value: number, thresholds: readonly number[]): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= thresholds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
