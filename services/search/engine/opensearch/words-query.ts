import { neededRarity, SOLD_OUT_SHARE, type Strictness } from '../../domain/match-rule.ts';
import type { QueryGroup, QueryPlan } from '../../domain/query-plan.ts';
import { featureOf } from './listing.ts';

const SOLD_OUT = { filter: { term: { isInStock: false } }, weight: SOLD_OUT_SHARE };

/**
 * Listings that have enough of the query's words, with the scores that the embedded engine gives them, but for those that
 * lack several words: their score is less by the product of what they lack, not by its sum. `exactScore` mends it.
 */
export function wordsQuery(
  plan: QueryPlan,
  strictness: Strictness,
  { isScored }: { readonly isScored: boolean },
): object {
  const filter = strictness === 'all' ? plan.groups.map(having) : [havingEnough(plan, neededRarity(plan, strictness))];
  if (!isScored) return { bool: { filter } };
  const lacking = strictness === 'all' ? [] : plan.groups.map((group, i) => lackingOne(group, i, plan));
  return {
    function_score: {
      query: { bool: { filter, should: plan.groups.flatMap(({ rarity, terms }) => scoring(terms, rarity)) } },
      functions: [...lacking, SOLD_OUT],
      score_mode: 'multiply',
      boost_mode: 'multiply',
    },
  };
}

/** What the first ranking's score of a hit is by the words it has, as numbers of groups; null: it has all of them. */
export function exactScore({ groups, rarityTotal }: QueryPlan, score: number, has: ReadonlySet<number> | null): number {
  if (has === null) return score;
  let had = 0;
  let given = 1;
  groups.forEach(({ rarity }, i) => {
    if (has.has(i)) had += rarity;
    else given *= Math.sqrt(1 - rarity / rarityTotal);
  });
  return (score / given) * Math.sqrt(had / rarityTotal);
}

/** The number of a group by the name its part of the query has. */
export function groupNamed(name: string): number {
  return Number(name);
}

function having({ terms }: QueryGroup): object {
  return terms.length === 0 ? { match_none: {} } : { terms: { terms: terms.map(({ term }) => term) } };
}

/**
 * The rarities of the words a listing has, added up. Only the rarest words open the search: a listing that has but the
 * others cannot reach what is needed (MaxScore, Turtle and Flood 1995).
 */
function havingEnough({ groups, rarityTotal }: QueryPlan, needed: number): object {
  let left = rarityTotal;
  const opening = groups.filter(({ rarity }) => {
    const canReach = left >= needed;
    left -= rarity;
    return canReach;
  });
  return {
    function_score: {
      query: { bool: { filter: [{ bool: { should: opening.map(having) } }] } },
      functions: groups.map((group) => ({ filter: having(group), weight: group.rarity })),
      score_mode: 'sum',
      boost_mode: 'replace',
      min_score: needed,
    },
  };
}

function lackingOne(group: QueryGroup, number: number, { rarityTotal }: QueryPlan): object {
  const named = group.terms.length === 0 ? having(group) : { bool: { filter: [having(group)], _name: String(number) } };
  return { filter: { bool: { must_not: [named] } }, weight: Math.sqrt(1 - group.rarity / rarityTotal) };
}

/** The best of a group's terms counts. */
function scoring(terms: QueryGroup['terms'], rarity: number): object[] {
  const queries = terms.map(({ term, share }) => ({
    rank_feature: { field: `impacts.${featureOf(term)}`, linear: {}, boost: (rarity * share) / 255 },
  }));
  return queries.length > 1 ? [{ dis_max: { queries } }] : queries;
}
