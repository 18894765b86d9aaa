import type { Database } from '@plaza/runtime';
import { changedLooks, changedPictures, databaseTime, type LookRow } from '../store/looks.ts';
import { Looks, type PictureLook } from './looks.ts';

/** What changed is read again when it was read longer ago: a picture is found about a second after it was looked at. */
const FRESH_MS = 1_000;

export type LooksAtHand = {
  /** The looks of a marketplace's pictures; the first who asks waits until they are read, later ones for what is new. */
  looksOf(marketplaceId: string): Promise<Looks>;
  /** There is something new: the next who asks reads it, however fresh the rest is. */
  expectNews(marketplaceId: string): void;
};

/**
 * Keeps the looks of every marketplace in memory, as far as somebody asks for them. The tables are the truth: any number of
 * processes follow them, and one that starts reads them whole.
 */
export function createLooksAtHand(database: Database): LooksAtHand {
  const held = new Map<string, Held>();
  return {
    async looksOf(marketplaceId) {
      const known = held.get(marketplaceId) ?? new Held(database, marketplaceId);
      held.set(marketplaceId, known);
      return known.fresh();
    },
    expectNews: (marketplaceId) => held.get(marketplaceId)?.expectNews(),
  };
}

class Held {
  readonly #database: Database;
  readonly #marketplaceId: string;
  readonly #looks = new Looks();
  #since: Date | null = null;
  #readMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(database: Database, marketplaceId: string) {
    this.#database = database;
    this.#marketplaceId = marketplaceId;
  }

  async fresh(): Promise<Looks> {
    if (performance.now() - this.#readMs > FRESH_MS) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.#looks;
  }

  expectNews(): void {
    this.#readMs = Number.NEGATIVE_INFINITY;
  }

  async #read(): Promise<void> {
    const queries = this.#database.read(this.#marketplaceId);
    const beganMs = performance.now();
    const next = await databaseTime(queries);
    for await (const rows of changedPictures(queries, this.#marketplaceId, this.#since))
      for (const row of rows) this.#looks.putListing(row);
    for await (const rows of changedLooks(queries, this.#marketplaceId, this.#since))
      for (const row of rows) this.#looks.putLook(lookFrom(row));
    this.#since = next;
    this.#readMs = beganMs;
  }
}

function lookFrom({ assetId, model, hash, tint, vector }: LookRow): PictureLook {
  return { assetId, model, hash, tint: new Int8Array(tint), vector: new Int8Array(vector) };
}
