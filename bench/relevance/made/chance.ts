import { chanceFrom } from '@plaza/kernel';

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
