import type { Postings } from './postings.ts';

/** Bytes of postings kept in memory, over all indexes of the thread. A word of a tenth of a million documents takes 230 KB. */
const BYTES_MAX = 32 * 1024 * 1024;

const kept = new Map<number, { readonly postings: Postings; readonly bytes: number }>();
let bytesKept = 0;
let lastOwner = 0;

/** Postings read from files, those asked for last. One for each open segment; all share one limit of memory. */
export class PostingsCache {
  readonly #owner = ++lastOwner;

  get(word: number, read: () => Postings): Postings {
    const key = this.#owner * 0x1_0000_0000 + word;
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known.postings;
    }
    const postings = read();
    const bytes = bytesOf(postings);
    kept.set(key, { postings, bytes });
    bytesKept += bytes;
    for (const [oldest, entry] of kept) {
      if (bytesKept <= BYTES_MAX || oldest === key) break;
      kept.delete(oldest);
      bytesKept -= entry.bytes;
    }
    return postings;
  }

  /** Forgets what was read of this segment. */
  clear(): void {
    for (const [key, { bytes }] of kept) {
      if (Math.floor(key / 0x1_0000_0000) !== this.#owner) continue;
      kept.delete(key);
      bytesKept -= bytes;
    }
  }
}

function bytesOf(postings: Postings): number {
  // The objects around the numbers count too: most words are rare.
  const numbers =
    postings.kind === 'sparse'
      ? postings.raw.byteLength
      : postings.words.byteLength + postings.ranks.byteLength + postings.impacts.byteLength;
  return numbers + 300;
}
