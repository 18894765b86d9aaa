import type { EngineQuery, EngineResult, EngineSort, SortKeys } from '../engine.ts';
import { planQuery, type QueryPlan, RARITY_SHARE, Scores } from './match.ts';
import type { MemoryIndex } from './memory-index.ts';

/** Values told of one facet. */
const FACET_VALUES_MAX = 20;
/** Sold-out listings stay findable but come after equal ones that can be bought. */
const SOLD_OUT_SHARE = 0.8;

/** Sums of rarities are rounded: so much of what is needed is enough. */
const ROUNDING = 0.9999;
/**
 * When so many listings have all the words, those with only some are not wanted: nobody pages to them, and counting
 * them would cost as much as the catalog is large.
 */
const ENOUGH = 200;

const buffers = new Scores();
let counts = new Uint32Array(0);
let groupOf = new Uint8Array(0);

/** Slots of the page's hits, and everything counted on the way. */
export type Found = Omit<EngineResult, 'cards'> & { readonly slots: readonly number[] };

/** One pass over the matching documents: filters, counts facets, keeps the best. */
export function searchIndex(index: MemoryIndex, query: EngineQuery): Found {
  const plan = planQuery(index, query.text);
  const hasWords = plan.groups.length > 0;
  const isOnlySigns = !hasWords && query.text.trim() !== '';
  const pass = newPass(index, query);
  if (!isOnlySigns) {
    if (!hasWords) {
      for (let slot = 0; slot < index.slotCount; slot++) if (index.states.raw[slot] !== 0) pass.visit(slot, 0);
    } else {
      const least = collectHits(index, plan, query.sort);
      const { scores, rarities, touched, touchedCount } = buffers;
      for (let i = 0; i < touchedCount; i++) {
        const slot = touched[i] as number;
        const rarity = rarities[slot] as number;
        if (rarity < least * ROUNDING) continue;
        // A hit with all the words comes before one with a single word that says it often.
        const coverage = rarity / plan.rarityTotal;
        pass.visit(slot, (scores[slot] as number) * coverage * (index.states.raw[slot] === 2 ? 1 : SOLD_OUT_SHARE));
      }
    }
    buffers.clean();
  }
  return { ...pass.finish(), correctedText: plan.correctedText };
}

/** Collects what may be a hit; answers the rarity that a hit's words must have. */
function collectHits(index: MemoryIndex, plan: QueryPlan, sort: EngineSort): number {
  const { rarityTotal, groups } = plan;
  if (groups.length > 1) {
    if (complete(index, plan) >= ENOUGH) return rarityTotal;
    buffers.clean();
  }
  buffers.collect(index, plan, rarityTotal * RARITY_SHARE.relevance * ROUNDING);
  const isStrict = sort !== 'relevance' && buffers.reaching(rarityTotal * RARITY_SHARE.other) > 0;
  return rarityTotal * (isStrict ? RARITY_SHARE.other : RARITY_SHARE.relevance);
}

/** Collects what has all the words, perhaps with others that then do not count; answers how many have all. */
function complete(index: MemoryIndex, plan: QueryPlan): number {
  if (plan.groups.every(({ terms }) => terms.length === 1)) return buffers.intersect(index, plan);
  const all = plan.rarityTotal * ROUNDING;
  buffers.collect(index, plan, all);
  return buffers.reaching(all);
}

function newPass(
  index: MemoryIndex,
  { filters, priceMinimum, priceMaximum, isInStock, sort, limit, after }: EngineQuery,
) {
  const { facts } = index;
  const pool = facts.pool;
  const starts = facts.starts;
  const keyOf = facts.keyOf;
  const prices = index.prices.raw;
  const published = index.published.raw;
  const states = index.states.raw;
  if (counts.length < facts.count) {
    counts = new Uint32Array(facts.count * 2);
    groupOf = new Uint8Array(facts.count * 2);
  }
  // Each filter is a bit; a document that fails exactly one still counts for that filter's own facet.
  const wanted = filters.map((filter) => facts.matching(filter));
  wanted.forEach((tokens, group) => {
    for (const token of tokens) groupOf[token] = group + 1;
  });
  const groupKeys = filters.map(({ key }) => facts.keyId(key));
  const all = (1 << filters.length) - 1;
  const seen: number[] = [];
  const best: { slot: number; keys: SortKeys }[] = [];
  let total = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;

  const keep = (slot: number, score: number): void => {
    const primary = primaryKey(sort, score, prices[slot] as number);
    const worst = best.length > limit ? best[limit] : undefined;
    if (worst !== undefined && primary < worst.keys[0]) return;
    const keys: SortKeys = [primary, published[slot] as number, index.ids[slot] as string];
    if (after !== null && compare(keys, after) >= 0) return;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare((best[middle] as { keys: SortKeys }).keys, keys) > 0) low = middle + 1;
      else high = middle;
    }
    if (low > limit) return;
    best.splice(low, 0, { slot, keys });
    if (best.length > limit + 1) best.pop();
  };

  return {
    visit(slot: number, score: number): void {
      if (isInStock !== null && isInStock !== (states[slot] === 2)) return;
      const from = starts[slot] as number;
      const to = starts[slot + 1] as number;
      let held = 0;
      if (all !== 0) {
        for (let i = from; i < to; i++) {
          const group = groupOf[pool[i] as number] as number;
          if (group !== 0) held |= 1 << (group - 1);
        }
      }
      const failed = all & ~held;
      const price = prices[slot] as number;
      const isPriced =
        (priceMinimum === null || price >= priceMinimum) && (priceMaximum === null || price <= priceMaximum);
      if (failed === 0) {
        if (price < minimum) minimum = price;
        if (price > maximum) maximum = price;
      }
      if (!isPriced || (failed & (failed - 1)) !== 0) return;
      const onlyKey = failed === 0 ? -1 : (groupKeys[31 - Math.clz32(failed)] as number);
      for (let i = from; i < to; i++) {
        const token = pool[i] as number;
        if (onlyKey !== -1 && keyOf[token] !== onlyKey) continue;
        if ((counts[token] as number) === 0) seen.push(token);
        counts[token] = (counts[token] as number) + 1;
      }
      if (failed !== 0) return;
      total++;
      keep(slot, score);
    },
    finish(): Omit<Found, 'correctedText'> {
      const byKey = new Map<number, { value: string; count: number }[]>();
      for (const token of seen) {
        const key = keyOf[token] as number;
        const value = { value: facts.value(token), count: counts[token] as number };
        const known = byKey.get(key);
        if (known === undefined) byKey.set(key, [value]);
        else known.push(value);
        counts[token] = 0;
      }
      for (const tokens of wanted) for (const token of tokens) groupOf[token] = 0;
      const page = best.slice(0, limit);
      return {
        slots: page.map(({ slot }) => slot),
        nextKeys: best.length > limit ? (page.at(-1)?.keys ?? null) : null,
        total,
        priceRange: minimum <= maximum ? { minimum, maximum } : null,
        facets: [...byKey]
          .filter(([key]) => !UNTOLD.has(facts.key(key)))
          .map(([key, values]) => ({
            key: facts.key(key),
            values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX),
          })),
      };
    },
  };
}

/** Facts to filter by that nobody is shown counts of. */
const UNTOLD = new Set(['@store', '@kind']);

/** What the sort puts first is the greater. Scores are rounded, so that a cursor can name them. */
function primaryKey(sort: EngineSort, score: number, price: number): number {
  if (sort === 'relevance') return Math.round(score * 10_000);
  if (sort === 'newest') return 0;
  return sort === 'price_asc' ? -price : price;
}

/** Positive when `a` comes first. */
function compare(a: SortKeys, b: SortKeys): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] === b[2] ? 0 : a[2] > b[2] ? 1 : -1);
}
