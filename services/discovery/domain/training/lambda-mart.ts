import { type Judge, judgeByTrees, type Tree } from '../rerank.ts';
import { columnsOf, type Group } from './columns.ts';
import { fitTree, type Pull } from './fit-tree.ts';

export type { Group } from './columns.ts';

const TREES = 100;
/** Places of a feed that are looked at. */
const AT = 20;

/**
 * Trees that order candidates as people went on to them: LambdaMART (Burges 2010, "From RankNet to LambdaRank to LambdaMART"), each pair of
 * candidates pulled apart by how much nDCG@20 their exchange is worth. The same groups make the same trees. A tree a
 * step, so that others may work in between.
 */
export function* trainTrees(groups: readonly Group[]): Generator<undefined, readonly Tree[]> {
  const columns = columnsOf(groups);
  const rows = groups.flatMap((group) => group.rows);
  const everyRow = Uint32Array.from({ length: columns.rowCount }, (_, row) => row);
  const scores = new Float64Array(columns.rowCount);
  const trees: Tree[] = [];
  while (trees.length < TREES) {
    const tree = fitTree(columns, pullOf(groups, scores), everyRow);
    trees.push(tree);
    const judge = judgeByTrees({ trees: [tree] });
    rows.forEach((row, i) => {
      scores[i] = scores[i]! + judge(row);
    });
    yield;
  }
  return trees;
}

/** Mean nDCG@20 of what a judge puts first, over groups in which something was wanted. */
export function qualityOf(judge: Judge, groups: readonly Group[]): number {
  const each = groups.map(({ rows, grades }) => {
    const order = orderBy(rows.map(judge));
    return discounted(order.map((row) => grades[row]!)) / ideal(grades);
  });
  return each.reduce((sum, quality) => sum + quality, 0) / each.length;
}

function pullOf(groups: readonly Group[], scores: Float64Array): Pull {
  const gradients = new Float64Array(scores.length);
  const curvatures = new Float64Array(scores.length);
  let start = 0;
  for (const { grades } of groups) {
    const own = scores.subarray(start, start + grades.length);
    const places = new Uint32Array(grades.length);
    orderBy([...own]).forEach((row, place) => {
      places[row] = place;
    });
    const best = ideal(grades);
    for (let wanted = 0; wanted < grades.length; wanted++) {
      if (grades[wanted] === 0) continue;
      for (let other = 0; other < grades.length; other++) {
        const gap = grades[wanted]! - grades[other]!;
        if (gap <= 0) continue;
        const exchanged = Math.abs(discountAt(places[wanted]!) - discountAt(places[other]!));
        const worth = (gap * exchanged) / best;
        if (worth === 0) continue;
        const doubt = 1 / (1 + Math.exp(own[wanted]! - own[other]!));
        add(gradients, start + wanted, doubt * worth);
        add(gradients, start + other, -doubt * worth);
        add(curvatures, start + wanted, doubt * (1 - doubt) * worth);
        add(curvatures, start + other, doubt * (1 - doubt) * worth);
      }
    }
    start += grades.length;
  }
  return { gradients, curvatures };
}

function add(into: Float64Array, at: number, value: number): void {
  into[at] = into[at]! + value;
}

/** Rows, the highest score first; equal ones as they came. */
function orderBy(scores: readonly number[]): number[] {
  return scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function discountAt(place: number): number {
  return place < AT ? 1 / Math.log2(place + 2) : 0;
}

function discounted(grades: readonly number[]): number {
  return grades.slice(0, AT).reduce((sum, grade, place) => sum + grade * discountAt(place), 0);
}

function ideal(grades: readonly number[]): number {
  return discounted(grades.toSorted((a, b) => b - a));
}
