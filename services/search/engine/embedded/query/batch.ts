/** Slots handed on at once: each step is then a short loop over numbers instead of a chain of calls for each slot. */
const BATCH_SLOTS = 1_024;

/** Matching slots on their way from the words to the counts to the page. There is one, used again and again. */
export class Batch {
  readonly slots = new Uint32Array(BATCH_SLOTS);
  readonly scores = new Float64Array(BATCH_SLOTS);
  count = 0;
  /** What is done when it is full, and by `flush`. */
  work: (batch: Batch) => void = () => {};

  add(slot: number, score: number): void {
    this.slots[this.count] = slot;
    this.scores[this.count++] = score;
    if (this.count === BATCH_SLOTS) this.flush();
  }

  flush(): void {
    this.work(this);
    this.count = 0;
  }
}
