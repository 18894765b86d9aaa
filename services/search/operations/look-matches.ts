import { decodeCursor, idFromUuid, pageFrom } from '@plaza/kernel';
import { flattenCategories, type MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform } from '@plaza/runtime';
import { z } from 'zod';
import type { LookMatch as LookMatchView } from '../contract/visual.ts';
import type { IndexedHit } from '../contract.ts';
import type { SearchEngine } from '../engine/engine.ts';
import type { AskedLook, LookMatch } from '../visual/looks.ts';

/** Listings that are looked through at most: who asks for more should look by words. */
export const MATCHES_MAX = 200;

/** Of the last match shown: whether it is the same picture, how alike, its listing. */
const Place = z.tuple([z.literal([0, 1]), z.number(), z.guid()]);

type Filters = {
  readonly categoryId?: string | undefined;
  readonly priceMinorMin?: number | undefined;
  readonly priceMinorMax?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/**
 * A page of matches with the listings as the engine has them now: what is not on sale has no card, and is left out. What goes
 * off sale between two pages moves nothing: a page goes on behind a match, not behind a number of them.
 */
export async function pageOfMatches(
  { engine, marketplaces }: { readonly engine: SearchEngine } & Pick<Platform, 'marketplaces'>,
  marketplaceId: string,
  { matches: found, model }: { readonly matches: readonly LookMatch[]; readonly model: string },
  filters: Filters,
): Promise<{ items: z.input<typeof LookMatchView>[]; nextCursor: string | null }> {
  const place = decodeCursor(filters.cursor, Place);
  const last = place && { isSamePicture: place[0] === 1, similarity: place[1], listingId: place[2] };
  const matches = found.filter((match) => last === undefined || inOrder(last, match) < 0).sort(inOrder);
  const categories = categoriesBelow(marketplaces.get(marketplaceId), filters.categoryId);
  const listingIds = matches.map(({ listingId }) => idFromUuid('listing', listingId));
  const cards = await engine.cards(marketplaceId, listingIds);
  const shown = new Map(cards.map((card) => JSON.parse(card) as IndexedHit).map((hit) => [hit.id, hit]));
  const passing = matches.flatMap((match, i) => {
    const listing = shown.get(listingIds[i] as IndexedHit['id']);
    if (listing === undefined || !passes(listing, filters, categories)) return [];
    return [{ match, listing }];
  });
  const keysOf = ({ match }: (typeof passing)[number]) => [
    match.isSamePicture ? 1 : 0,
    match.similarity,
    match.listingId,
  ];
  return pageFrom(passing, filters.limit, keysOf, ({ match: { isSamePicture, similarity }, listing }) => {
    const code = isSamePicture ? ('same_picture' as const) : ('looks_alike' as const);
    return { listing, reason: { code, by: byOf(model), model, similarity: Math.round(similarity * 1000) / 1000 } };
  });
}

type Placed = Pick<LookMatch, 'isSamePicture' | 'similarity' | 'listingId'>;

/** The same picture first, then the most alike; what is as alike as another has its place by its id. */
function inOrder(a: Placed, b: Placed): number {
  if (a.isSamePicture !== b.isSamePicture) return a.isSamePicture ? -1 : 1;
  if (a.similarity !== b.similarity) return b.similarity - a.similarity;
  return a.listingId === b.listingId ? 0 : a.listingId < b.listingId ? -1 : 1;
}

/** The same pictures first, then what looks alike, each listing once. */
export function matchesOf(
  looks: { same(asked: AskedLook): LookMatch[]; alike(asked: AskedLook, count: number): LookMatch[] },
  asked: AskedLook,
): LookMatch[] {
  const same = looks.same(asked);
  const known = new Set(same.map(({ listingId }) => listingId));
  return [...same, ...looks.alike(asked, MATCHES_MAX).filter(({ listingId }) => !known.has(listingId))].slice(
    0,
    MATCHES_MAX,
  );
}

/** The one description that needs no model is called so (services/media/looks/model.ts). */
export function byOf(model: string): 'color_and_shape' | 'model' {
  return model.startsWith('color-and-shape@') ? 'color_and_shape' : 'model';
}

function passes(
  { categoryId, price: { amountMinor } }: IndexedHit,
  { priceMinorMin = 0, priceMinorMax = Number.POSITIVE_INFINITY }: Filters,
  categories: ReadonlySet<string> | null,
): boolean {
  return (categories?.has(categoryId) ?? true) && amountMinor >= priceMinorMin && amountMinor <= priceMinorMax;
}

/** A category and all below it; null: any. */
function categoriesBelow(settings: MarketplaceSettings, categoryId: string | undefined): ReadonlySet<string> | null {
  if (categoryId === undefined) return null;
  const top = flattenCategories(settings.categories).filter(({ id }) => id === categoryId);
  return new Set(flattenCategories(top).map(({ id }) => id));
}
