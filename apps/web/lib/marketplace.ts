import 'server-only';
import type { PublicSettings } from '@plaza/kernel/marketplace';
import { cache } from 'react';
import { orNotFound, publicApi } from './api.ts';
import { marketplaceId } from './marketplace-id.ts';

export type Marketplace = PublicSettings;

/** The marketplace of this request in a language: words, look, categories, rules. */
export const getMarketplace = cache(async (lang: string): Promise<Marketplace> => {
  const client = await publicApi(lang);
  const id = (await marketplaceId()) ?? '';
  // The contract declares the settings loosely; this is what the API makes them of.
  return (await orNotFound(client.admin.getMarketplace({ marketplaceId: id, locale: lang }))) as unknown as Marketplace;
});

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
