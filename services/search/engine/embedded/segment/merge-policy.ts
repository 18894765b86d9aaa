/** Segments of about one size that are merged into one of the next size. */
const SEGMENTS_OF_SIZE = 4;
/** A segment is written anew when more of it is dead. */
const DEAD_SHARE_MAX = 0.4;

type Sized = { readonly segment: { readonly slotCount: number; readonly states: { readonly liveCount: number } } };

/**
 * Which segments are to be merged next; none when all is well. Sizes grow fourfold, as in Lucene's tiered merging: a
 * document is written again a few times in all, and a million documents are in some ten segments, at rest in one.
 */
export function nextMerge<Each extends Sized>(
  segments: readonly Each[],
  sizes: { smallest: number; largest: number },
): Each[] {
  const worn = segments.find(
    ({ segment: { slotCount, states } }) => states.liveCount < slotCount * (1 - DEAD_SHARE_MAX),
  );
  if (worn !== undefined) return [worn];
  const bySize = new Map<number, Each[]>();
  for (const each of segments) {
    const size = Math.max(0, Math.floor(Math.log2(each.segment.slotCount / sizes.smallest) / 2));
    bySize.set(size, [...(bySize.get(size) ?? []), each]);
  }
  for (const same of bySize.values()) {
    const together = same.reduce((sum, { segment }) => sum + segment.states.liveCount, 0);
    if (same.length >= SEGMENTS_OF_SIZE && together < sizes.largest) return same;
  }
  return [];
}
