import type { JudgedListing, JudgedQuery } from '../judged-set.ts';

/** Listings asked of each system for each query. */
export const DEPTH = 50;

/** Something that finds listings. */
export type System = {
  readonly name: string;
  /** The ids found for each query, best first. */
  answer(queries: readonly JudgedQuery[]): Promise<string[][]>;
  close(): Promise<void>;
};

/** All that is said of a listing beside its title, for systems that know two fields. */
export function bodyOf({ description, category, brand, sku, attributes }: JudgedListing): string {
  return [description, category, brand, sku, ...attributes].filter((text) => text !== '').join('\n');
}
