/** Numbers from 0 to 1 that look random and are the same each time (mulberry32, Tommy Ettinger 2017). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Choices made by one row of chance. */
export class Choice {
  readonly next: () => number;

  constructor(seed: number) {
    this.next = chanceFrom(seed);
  }

  /** One of some, the first more often than the last: counts in real catalogs fall like that. */
  oftenFirst<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() ** 1.7 * values.length)] as T;
  }

  of<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)] as T;
  }

  some<T>(values: readonly T[], count: number): T[] {
    const rest = [...values];
    return Array.from(
      { length: Math.min(count, rest.length) },
      () => rest.splice(Math.floor(this.next() * rest.length), 1)[0] as T,
    );
  }

  happens(share: number): boolean {
    return this.next() < share;
  }
}
