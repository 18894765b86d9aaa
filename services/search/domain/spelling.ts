/** How many mistakes a word of this length may have: none in short words, where a mistake makes another word. */
export function mistakesMax(word: string): number {
  if (word.length < 4 || /\d/.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}

// Rows of the table at hand; kept between words so that comparing allocates nothing.
let rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as [Uint8Array, Uint8Array, Uint8Array];

/**
 * How many insertions, deletions, replacements and swaps of neighbors turn `a` into `b` (Damerau-Levenshtein, optimal
 * string alignment); `max + 1` as soon as it is more than `max`, which must be below 255.
 */
export function editDistance(a: string, b: string, max: number): number {
  const { length } = b;
  if (Math.abs(a.length - length) > max) return max + 1;
  if (rows[0].length <= length)
    rows = [new Uint8Array(length + 1), new Uint8Array(length + 1), new Uint8Array(length + 1)];
  let [beforeLast, last, row] = rows;
  for (let j = 0; j <= length; j++) last[j] = Math.min(j, max + 1);
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    const letterBefore = i > 1 ? a.charCodeAt(i - 2) : -1;
    // Far from the diagonal it is more than `max` whatever the letters are.
    const from = Math.max(1, i - max);
    const to = Math.min(length, i + max);
    row[from - 1] = from === 1 ? Math.min(i, max + 1) : max + 1;
    let best = row[from - 1]!;
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(j - 1);
      const above = j === i + max ? max + 1 : last[j]! + 1;
      let distance = last[j - 1]! + (letter === other ? 0 : 1);
      if (above < distance) distance = above;
      if (row[j - 1]! + 1 < distance) distance = row[j - 1]! + 1;
      if (j > 1 && other === letterBefore && letter === b.charCodeAt(j - 2))
        distance = Math.min(distance, beforeLast[j - 2]! + 1);
      row[j] = distance;
      if (distance < best) best = distance;
    }
    if (best > max) return max + 1;
    const next = beforeLast;
    beforeLast = last;
    last = row;
    row = next;
  }
  return Math.min(last[length]!, max + 1);
}

/** Pieces of three characters with edges marked: `lamp` is `^la`, `lam`, `amp`, `mp$`. */
export function trigramsOf(word: string): string[] {
  const marked = `^${word}$`;
  return Array.from({ length: Math.max(0, marked.length - 2) }, (_, i) => marked.slice(i, i + 3));
}
