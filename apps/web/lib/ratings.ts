import 'server-only';
import { cache } from 'react';
import { publicApi, unlessAway } from './api.ts';

/** What buyers say of a listing, as its card shows it. */
export type CardRating = { readonly mean: number; readonly count: number };
type Ratings = ReadonlyMap<string, CardRating>;
type ListingId = Parameters<Awaited<ReturnType<typeof publicApi>>['reviews']['listRatings']>[0]['listingId'][number];

/** Listings of one call. */
const LISTINGS_MAX = 100;

/** What the page that is being made waits for. */
const waitingOf = cache((_lang: string) => ({
  ids: new Set<string>(),
  answer: undefined as Promise<Ratings> | undefined,
}));

/** The listings with what buyers say of them; those that come from search know it already. */
export async function withRatings<Card extends { readonly id: string; readonly rating?: CardRating | null }>(
  listings: readonly Card[],
  lang: string,
): Promise<readonly Card[]> {
  const unknown = listings.filter(({ rating }) => rating === undefined);
  if (unknown.length === 0) return listings;
  const ratings = await ratingsOf(unknown, lang);
  return listings.map((listing) => ({ ...listing, rating: listing.rating ?? ratings.get(listing.id) ?? null }));
}

/** Asked once for all rows of cards that a page shows at the same moment. */
function ratingsOf(listings: readonly { readonly id: string }[], lang: string): Promise<Ratings> {
  const waiting = waitingOf(lang);
  for (const { id } of listings) waiting.ids.add(id);
  waiting.answer ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
    const ids = [...waiting.ids].sort();
    waiting.ids.clear();
    waiting.answer = undefined;
    return ask(ids, lang);
  });
  return waiting.answer;
}

/** Nothing while the service does not answer: cards go on without stars. */
async function ask(ids: readonly string[], lang: string): Promise<Ratings> {
  const { reviews } = await publicApi(lang);
  const ratings = new Map<string, CardRating>();
  for (let from = 0; from < ids.length; from += LISTINGS_MAX) {
    const listingId = ids.slice(from, from + LISTINGS_MAX) as ListingId[];
    const page = await unlessAway(reviews.listRatings({ listingId }));
    for (const { listingId: id, mean, count } of page?.items ?? []) ratings.set(id, { mean, count });
  }
  return ratings;
}
