/**
 * The sets of facts that the hits of the segment at hand have: of each how many hits, and what the filters say of it. There is
 * one, used again and again, so that no query allocates; only what was seen is cleaned.
 */
export class SeenSets {
  counts = new Uint32Array(1024);
  verdicts = new Uint8Array(1024);
  /** Those seen, in order; `length` of them. */
  seen = new Uint32Array(1024);
  length = 0;

  /** Makes room for a segment's sets. Sets left by a query that failed are cleaned. */
  begin(setCount: number): void {
    this.clean();
    if (this.seen.length >= setCount) return;
    this.counts = new Uint32Array(setCount * 2);
    this.verdicts = new Uint8Array(setCount * 2);
    this.seen = new Uint32Array(setCount * 2);
  }

  clean(): void {
    const { counts, verdicts, seen, length } = this;
    for (let i = 0; i < length; i++) {
      const set = seen[i]!;
      counts[set] = 0;
      verdicts[set] = 0;
    }
    this.length = 0;
  }
}
