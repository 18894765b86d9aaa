import { editDistance, mistakesMax } from '../../../domain/spelling.ts';
import type { Word } from '../../../domain/words.ts';
import type { Segment } from '../segment/segment.ts';

/** Completions looked at for one beginning. */
const EXPANSIONS_MAX = 64;
/** Letters of a typed word that a stem may lack. */
const ENDING_LETTERS = 2;

/** A word of an index, over all of its segments. */
export type KnownWord = { readonly term: string; readonly surface: string; readonly frequency: number };

/** How many documents have the word; replaced ones count until their segments are merged. */
export function frequencyOf(segments: readonly Segment[], term: string): number {
  let count = 0;
  for (const segment of segments) {
    const word = segment.find(term);
    if (word !== -1) count += segment.frequency(word);
  }
  return count;
}

/**
 * Words that what was typed may be the beginning of, most frequent first. Stems are shorter than words ("dining" is `dine`),
 * so words are also looked for by fewer letters, and told by how they are written.
 */
export function completionsOf(segments: readonly Segment[], { term, surface }: Word): KnownWord[] {
  const found = beginningWith(segments, term);
  if (surface.length < ENDING_LETTERS + 2 || found.length >= EXPANSIONS_MAX) return found;
  const known = new Set(found.map((each) => each.term));
  const shorter = beginningWith(segments, surface.slice(0, -ENDING_LETTERS), EXPANSIONS_MAX * 8);
  return [...found, ...shorter.filter((each) => each.surface.startsWith(surface) && !known.has(each.term))];
}

/** Words that begin so, most frequent first. */
function beginningWith(segments: readonly Segment[], prefix: string, max = EXPANSIONS_MAX): KnownWord[] {
  const found = new Map<string, { term: string; surface: string; frequency: number }>();
  for (const segment of segments)
    for (const word of segment.beginningWith(prefix, EXPANSIONS_MAX * 16)) {
      const term = segment.term(word);
      const known = found.get(term);
      if (known !== undefined) known.frequency += segment.frequency(word);
      else found.set(term, { term, surface: segment.surface(word), frequency: segment.frequency(word) });
    }
  return [...found.values()].sort((a, b) => b.frequency - a.frequency).slice(0, max);
}

/**
 * The known word nearest to an unknown one, the more frequent among equals; undefined when none is near enough. Words with
 * digits are never meant: a part number is right or wrong.
 */
export function nearestTo(
  segments: readonly Segment[],
  word: string,
): (KnownWord & { readonly distance: number }) | undefined {
  const max = mistakesMax(word);
  if (max === 0) return undefined;
  let best: (KnownWord & { readonly distance: number }) | undefined;
  let bestDistance = max + 1;
  const seen = new Set<string>();
  for (const segment of segments)
    for (const candidate of segment.similarTo(word)) {
      const term = segment.term(candidate);
      const distance = editDistance(word, term, Math.min(max, bestDistance));
      if (distance > max || distance > bestDistance || seen.has(term)) continue;
      seen.add(term);
      const frequency = frequencyOf(segments, term);
      if (distance < bestDistance || best === undefined || frequency > best.frequency)
        best = { term, surface: segment.surface(candidate), frequency, distance };
      bestDistance = distance;
    }
  return best;
}
