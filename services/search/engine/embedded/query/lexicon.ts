import { COMPLETIONS_MAX, type KnownWord, type Lexicon, shorterBeginning } from '../../../domain/lexicon.ts';
import { editDistance, mistakesMax } from '../../../domain/spelling.ts';
import type { Word } from '../../../domain/words.ts';
import type { Segment } from '../segment/segment.ts';

/** The words of an index, over all of its segments. */
export function lexiconOf({
  searched,
  liveCount,
}: {
  readonly searched: readonly Segment[];
  readonly liveCount: number;
}): Lexicon {
  return {
    liveCount,
    frequencyOf: (term) => frequencyOf(searched, term),
    completionsOf: (word) => completionsOf(searched, word),
    nearestTo: (word) => nearestTo(searched, word),
  };
}

/** How many documents have the word; replaced ones count until their segments are merged. */
function frequencyOf(segments: readonly Segment[], term: string): number {
  let count = 0;
  for (const segment of segments) {
    const word = segment.find(term);
    if (word !== -1) count += segment.frequency(word);
  }
  return count;
}

export function completionsOf(segments: readonly Segment[], { term, surface }: Word): KnownWord[] {
  const found = beginningWith(segments, term);
  const shorter = shorterBeginning(surface);
  if (shorter === undefined || found.length >= COMPLETIONS_MAX) return found;
  const known = new Set(found.map((each) => each.term));
  const others = beginningWith(segments, shorter, COMPLETIONS_MAX * 8);
  return [...found, ...others.filter((each) => each.surface.startsWith(surface) && !known.has(each.term))];
}

/** Words that begin so, most frequent first. */
function beginningWith(segments: readonly Segment[], prefix: string, max = COMPLETIONS_MAX): KnownWord[] {
  const found = new Map<string, { term: string; surface: string; frequency: number }>();
  for (const segment of segments)
    for (const word of segment.beginningWith(prefix, COMPLETIONS_MAX * 16)) {
      const term = segment.term(word);
      const known = found.get(term);
      if (known !== undefined) known.frequency += segment.frequency(word);
      else found.set(term, { term, surface: segment.surface(word), frequency: segment.frequency(word) });
    }
  return [...found.values()].sort((a, b) => b.frequency - a.frequency).slice(0, max);
}

function nearestTo(
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
