/** Slots handed on at once: each step is then a short loop over numbers instead of a chain of calls for each slot. */
export const BATCH_SLOTS = 1_024;

/** Matching slots on their way from the words to the counts to the page. There is one, used again and again. */
export class Batch {
  readonly slots = new Uint32Array(BATCH_SLOTS);
  readonly scores = new Float64Array(BATCH_SLOTS);
  count = 0;
  #work: (batch: Batch) => boolean = () => true;
  #max = BATCH_SLOTS;

  /** Begins a walk: `work` gets what was added whenever it is full, and by `flush`. False ends the walk. */
  begin(work: (batch: Batch) => boolean, max = BATCH_SLOTS): void {
    this.#work = work;
    this.#max = Math.min(max, BATCH_SLOTS);
    this.count = 0;
  }

  /** False: no more is wanted. */
  add(slot: number, score: number): boolean {
    this.slots[this.count] = slot;
    this.scores[this.count++] = score;
    return this.count < this.#max || this.flush();
  }

  /** Adds the slots that are in both, from a whole word on to before `to`, the last first. */
  addBoth(some: Uint32Array, others: Uint32Array, { from, to }: { from: number; to: number }): void {
    for (let word = (to - 1) >>> 5; word >= from >>> 5; word--)
      for (let rest = some[word]! & others[word]!; rest !== 0; ) {
        const bit = 31 - Math.clz32(rest);
        rest ^= 1 << bit;
        this.add(word * 32 + bit, 0);
      }
  }

  flush(): boolean {
    const goesOn = this.#work(this);
    this.count = 0;
    return goesOn;
  }

  /** Takes out slots of which this does not hold. */
  keep(holds: (slot: number) => boolean): void {
    const { slots, scores, count } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      if (!holds(slot)) continue;
      slots[kept] = slot;
      scores[kept++] = scores[i]!;
    }
    this.count = kept;
  }
}
