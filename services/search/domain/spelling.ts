/** How many mistakes a word of this length may have: none in short words, where a mistake makes another word. */
export function mistakesMax(word: string): number {
  if (word.length < 4 || /\d/.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}

/**
 * How many insertions, deletions, replacements and swaps of neighbors turn `a` into `b` (Damerau-Levenshtein, optimal
 * string alignment); `max + 1` as soon as it is more than `max`.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, at(beforeLast, j - 2) + 1);
      row.push(distance);
      if (distance < best) best = distance;
    }
    if (best > max) return max + 1;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/** Pieces of three characters with edges marked: `lamp` is `^la`, `lam`, `amp`, `mp$`. */
export function trigramsOf(word: string): string[] {
  const marked = `^${word}$`;
  return Array.from({ length: Math.max(0, marked.length - 2) }, (_, i) => marked.slice(i, i + 3));
}

function at(row: readonly number[], index: number): number {
  return row[index] as number; // the loops above stay within the rows they filled
}
