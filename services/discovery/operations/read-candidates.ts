import type { Database } from '@plaza/runtime';
import type { ActivityKind } from '../contract/activity.ts';
import { WEIGHTS } from '../domain/activity.ts';
import type { Interaction, Related } from '../domain/co-occurrence.ts';
import { type Grams, gramsOf, likeness } from '../domain/grams.ts';
import type { Features } from '../domain/rerank.ts';
import { listFresh, listHidden, listHistory, type Source } from '../store/feed.ts';
import { findFacts, type ListingFacts } from '../store/listing.ts';
import type { Model } from './models.ts';

/** Events of somebody that are looked at, and the different listings among them. */
const EVENTS_READ = 300;
const HISTORY_MAX = 100;
const RELATED_MAX = 250;
const POPULAR_MAX = 100;
/** New listings of each source: of all, of each category, store and area. */
const FRESH_EACH = 30;
/** Of the history, those whose titles are compared with candidates. */
const COMPARED_MAX = 3;
/** Titles that are alike by less than this are not. */
const LIKENESS_MIN = 0.25;
const WEEK_MS = 7 * 86_400_000;
/** From here on an act shows trust in a store: a cart, a purchase. */
const TRUSTING_WEIGHT = WEIGHTS.cart;

/** Somebody's past with the listings, newest first, and what they do not want to see. */
export type Past = { readonly history: readonly Interaction[]; readonly hidden: ReadonlySet<string> };

export const NO_PAST: Past = { history: [], hidden: new Set() };

export async function readPast(database: Database, marketplaceId: string, actorId: string): Promise<Past> {
  const queries = database.read(marketplaceId);
  const [events, hidden] = await Promise.all([
    listHistory(queries, marketplaceId, actorId, EVENTS_READ),
    listHidden(queries, marketplaceId, actorId),
  ]);
  return { history: historyOf(events), hidden: new Set(hidden) };
}

type Act = { readonly listingId: string; readonly kind: ActivityKind; readonly occurredMs: number };

/** The listings that somebody dealt with, newest first, each by what they did most with it. */
export function historyOf(events: readonly Act[]): Interaction[] {
  const byListing = new Map<string, { item: string; weight: number; atMs: number }>();
  for (const { listingId, kind, occurredMs } of events) {
    const known = byListing.get(listingId);
    if (known === undefined) byListing.set(listingId, { item: listingId, weight: WEIGHTS[kind], atMs: occurredMs });
    else known.weight = Math.max(known.weight, WEIGHTS[kind]);
  }
  return [...byListing.values()].slice(0, HISTORY_MAX);
}

export type Candidate = {
  readonly facts: ListingFacts;
  readonly features: Features;
  /** What of the history it goes with, or reads like. */
  readonly because: string | null;
  readonly sources: ReadonlySet<Source>;
};

/** `isPast`: as it was then; what could be had is not known any more, so that all counts as offered. */
export type Asked = {
  readonly marketplaceId: string;
  readonly past: Past;
  readonly nowMs: number;
  readonly isPast?: boolean;
};

/** Everything that may be suggested, with what there is to judge it by. Three statements, however long the history is. */
export async function readCandidates(
  database: Database,
  model: Model,
  { marketplaceId, past: { history, hidden }, nowMs, isPast = false }: Asked,
): Promise<Candidate[]> {
  const queries = database.read(marketplaceId);
  const seen = await findFacts(
    queries,
    marketplaceId,
    history.map(({ item }) => item),
  );
  const taste = tasteOf(history, seen);
  const fresh = await listFresh(queries, marketplaceId, {
    ...taste.of,
    each: FRESH_EACH,
    ...(isPast ? { publishedUntil: new Date(nowMs) } : {}),
  });
  const related = model.coOccurrence.suggestFor(history, RELATED_MAX);
  const popular = model.popularity.top(POPULAR_MAX);
  const known = new Map(fresh.map((each) => [each.id, each as ListingFacts]));
  const missing = [...related.map(({ item }) => item), ...popular.map(([item]) => item)].filter((id) => !known.has(id));
  for (const each of await findFacts(queries, marketplaceId, [...new Set(missing)])) known.set(each.id, each);

  const sources = new Map<string, Set<Source>>();
  for (const { id, source } of fresh) sources.set(id, (sources.get(id) ?? new Set()).add(source));
  const relatedBy = new Map(related.map((each) => [each.item, each]));
  const best = { related: related[0]?.score ?? 1, popular: Math.log1p(popular[0]?.[1] ?? 1) };
  const isSeen = new Set(history.map(({ item }) => item));
  const candidates: Candidate[] = [];
  for (const facts of known.values()) {
    const isThere = isPast ? facts.publishedMs <= nowMs : facts.isOffered;
    if (!isThere || hidden.has(facts.id) || isSeen.has(facts.id)) continue;
    const from = sources.get(facts.id) ?? new Set<Source>();
    candidates.push(judged(facts, { from, related: relatedBy.get(facts.id), model, best, taste, nowMs }));
  }
  return candidates;
}

type Taste = ReturnType<typeof tasteOf>;

/** What the listings of a history have in common. */
function tasteOf(history: readonly Interaction[], seen: readonly ListingFacts[]) {
  const factsOf = new Map(seen.map((each) => [each.id, each]));
  const categories = new Map<string, number>();
  const areas = new Map<string, number>();
  const stores = new Set<string>();
  const compared: { id: string; grams: Grams }[] = [];
  let total = 0;
  let logPrices = 0;
  for (const { item, weight } of history) {
    const facts = factsOf.get(item);
    if (facts === undefined) continue;
    total++;
    logPrices += Math.log(1 + facts.priceMinor);
    categories.set(facts.categoryId, (categories.get(facts.categoryId) ?? 0) + 1);
    if (facts.area !== null) areas.set(facts.area, (areas.get(facts.area) ?? 0) + 1);
    if (weight >= TRUSTING_WEIGHT) stores.add(facts.storeId);
    if (compared.length < COMPARED_MAX) compared.push({ id: item, grams: gramsOf(facts.title) });
  }
  const most = (counts: ReadonlyMap<string, number>, limit: number) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([key]) => key);
  return {
    shareOf: (categoryId: string) => (categories.get(categoryId) ?? 0) / Math.max(1, total),
    logPrice: total === 0 ? null : logPrices / total,
    compared,
    of: { categoryIds: most(categories, 5), storeIds: [...stores].slice(0, 10), area: most(areas, 1)[0] ?? null },
  };
}

function judged(
  facts: ListingFacts,
  given: {
    from: ReadonlySet<Source>;
    related: Related | undefined;
    model: Model;
    best: { related: number; popular: number };
    taste: Taste;
    nowMs: number;
  },
): Candidate {
  const { from, related, model, best, taste, nowMs } = given;
  let like = { id: null as string | null, likeness: 0 };
  if (taste.compared.length > 0) {
    const grams = gramsOf(facts.title);
    for (const each of taste.compared) {
      const value = likeness(grams, each.grams);
      if (value > Math.max(LIKENESS_MIN, like.likeness)) like = { id: each.id, likeness: value };
    }
  }
  const priceGap = taste.logPrice === null ? null : Math.abs(Math.log(1 + facts.priceMinor) - taste.logPrice);
  return {
    facts,
    sources: from,
    because: related?.because ?? like.id,
    features: {
      affinity: related === undefined ? 0 : related.score / best.related,
      popularity: Math.log1p(model.popularity.of(facts.id)) / best.popular,
      freshness: 2 ** (-Math.max(0, nowMs - facts.publishedMs) / WEEK_MS),
      category: taste.shareOf(facts.categoryId),
      store: taste.of.storeIds.includes(facts.storeId) ? 1 : 0,
      nearby: facts.area !== null && facts.area === taste.of.area ? 1 : 0,
      likeness: like.likeness,
      price: priceGap === null ? 0 : 2 ** (-priceGap / Math.LN2),
    },
  };
}
