import 'server-only';
import type { PublicMarketplace } from '@plaza/admin/contract';
import { ownMarketplace } from './api.ts';

export type Marketplace = PublicMarketplace;

/** The marketplace of this request in a language: address, words, look, categories, rules. */
export async function getMarketplace(lang: string): Promise<Marketplace> {
  // The contract declares the settings loosely; this is what the API makes them of.
  return (await ownMarketplace(lang)) as unknown as Marketplace;
}

export type Category = Marketplace['categories'][number];

/** A category of the tree with those above it, root first; empty when there is none of that id. */
export function categoryTrail(categories: readonly Category[], id: string): Category[] {
  for (const category of categories) {
    if (category.id === id) return [category];
    const below = categoryTrail(category.children, id);
    if (below.length > 0) return [category, ...below];
  }
  return [];
}
