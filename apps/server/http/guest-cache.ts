/** A finished answer to a guest. */
export type CachedAnswer = {
  readonly body: Buffer;
  readonly etag: string;
  readonly freshUntilMs: number;
  readonly marketplaceId: string;
};

/** At most this many answers are kept; the oldest go first. */
const ENTRIES_MAX = 5_000;

/**
 * Answers of public reads, for guests, for a few seconds. A change of what a marketplace shows forgets its answers
 * at once (`forget`); what is kept is never older than its operation allows.
 */
export class GuestCache {
  readonly #entries = new Map<string, CachedAnswer>();

  get(key: string, nowMs: number): CachedAnswer | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    if (found.freshUntilMs > nowMs) return found;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, answer: CachedAnswer): void {
    if (this.#entries.size >= ENTRIES_MAX) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, answer);
  }

  forget(marketplaceId: string): void {
    for (const [key, entry] of this.#entries) if (entry.marketplaceId === marketplaceId) this.#entries.delete(key);
  }
}
