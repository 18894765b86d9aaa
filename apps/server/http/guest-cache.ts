/** A finished answer to a guest. */
export type CachedAnswer = {
  readonly body: Buffer;
  readonly etag: string;
  readonly freshUntilMs: number;
  readonly marketplaceId: string;
};

/** What all answers together may take, by default: 64 MiB of a process that is to stay below 300 MB. */
const BYTES_MAX = 64 * 1024 * 1024;
/** One answer may take this share of it, so that no single page drives out the others. */
const SHARE_MAX = 1 / 16;
/** What an entry costs besides its key (two bytes a character) and its body: the objects around them, measured. */
const ENTRY_BYTES = 500;
/** So many keys that were asked for once are remembered twice over: those that came before them, too. */
const ASKED_ONCE_MAX = 2_000;
/** A longer key is not remembered: whatever a stranger writes into a header would be. */
const KEY_LENGTH_MAX = 1_000;

/**
 * Answers of public reads, for guests, for a few seconds. A change of what a marketplace shows forgets its answers
 * at once (`forget`), those that are still being made among them; what is kept is never older than its operation allows.
 * Only what is asked for again is kept: most addresses of a catalog are visited once, by a crawler, and to keep those would
 * cost more than to answer them (the doorkeeper of G. Einziger et al., TinyLFU, 2017). Limited by bytes, for a page of a
 * catalog may be a thousand times the size of another; when it is full, what nobody has asked for the longest goes.
 */
export class GuestCache {
  /** In the order in which they were last asked for, the longest ago first. */
  readonly #entries = new Map<string, CachedAnswer>();
  /** How often the answers of each marketplace were forgotten. */
  readonly #changes = new Map<string, number>();
  readonly #bytesMax: number;
  #bytes = 0;
  #askedOnce = new Set<string>();
  #askedOnceBefore = new Set<string>();

  constructor(bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** What is kept now takes this much. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string, nowMs: number): CachedAnswer | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    this.#remove(key, found);
    if (found.freshUntilMs <= nowMs) return undefined;
    this.#add(key, found);
    return found;
  }

  /** What a marketplace shows now, to say of an answer before it is made what it will be of. */
  stateOf(marketplaceId: string): number {
    return this.#changes.get(marketplaceId) ?? 0;
  }

  /** Keeps the answer to what was asked for before, unless what the marketplace shows has changed since it was in that `state`. */
  set(key: string, answer: CachedAnswer, state: number): void {
    if (!this.#isAskedAgain(key) || state !== this.stateOf(answer.marketplaceId)) return;
    const before = this.#entries.get(key);
    if (before !== undefined) this.#remove(key, before);
    if (bytesOf(key, answer) > this.#bytesMax * SHARE_MAX) return;
    this.#add(key, answer);
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#remove(oldest, entry);
    }
  }

  forget(marketplaceId: string): void {
    this.#changes.set(marketplaceId, this.stateOf(marketplaceId) + 1);
    for (const [key, entry] of this.#entries) if (entry.marketplaceId === marketplaceId) this.#remove(key, entry);
  }

  #isAskedAgain(key: string): boolean {
    if (this.#askedOnce.has(key) || this.#askedOnceBefore.has(key)) return true;
    if (key.length > KEY_LENGTH_MAX) return false;
    if (this.#askedOnce.size >= ASKED_ONCE_MAX) {
      this.#askedOnceBefore = this.#askedOnce;
      this.#askedOnce = new Set();
    }
    this.#askedOnce.add(key);
    return false;
  }

  #add(key: string, answer: CachedAnswer): void {
    this.#entries.set(key, answer);
    this.#bytes += bytesOf(key, answer);
  }

  #remove(key: string, answer: CachedAnswer): void {
    this.#entries.delete(key);
    this.#bytes -= bytesOf(key, answer);
  }
}

function bytesOf(key: string, { body }: CachedAnswer): number {
  return ENTRY_BYTES + 2 * key.length + body.length;
}
