import type { IndexedHit } from '../contract.ts';
import type { EngineDocument } from '../engine/engine.ts';

/** What is known of a listing's reviews: how many, and all their stars together. */
export type ListingRating = { readonly count: number; readonly sum: number };

/** The facts `rating:1` to `rating:4`: so many stars and up, so that each choice of the filter is one value. */
export const RATING_KEY = 'rating';
/** The fact that says how good a listing is held to be: a hit's facts are at hand when it is ordered. */
export const QUALITY_KEY = '@rated';

/** Steps of four hundredths of a star: finer ones would give every listing facts of its own. */
const STEPS = 100;
/** Of equals, those with twice as many reviews come first. */
const DOUBLINGS = 16;
/**
 * What everybody begins with: five reviews of three and a half stars. A Bayesian mean (https://en.wikipedia.org/wiki/Bayesian_average), so that one
 * review of five stars is less than twenty of 4.8: (5 × 3.5 + 5) / 6 = 3.75, (5 × 3.5 + 96) / 25 = 4.54.
 */
const PRIOR = { count: 5, mean: 3.5 };

/** How good a listing is held to be, from 0 to 1. */
export function qualityOf({ count, sum }: ListingRating): number {
  return ((PRIOR.count * PRIOR.mean + sum) / (PRIOR.count + count) - 1) / 4;
}

/** Where a listing stands among all that were reviewed: the greater comes first. More than 0, and whole. */
export function rankOf(rating: ListingRating): number {
  const doublings = Math.min(DOUBLINGS - 1, Math.floor(Math.log2(rating.count)));
  return Math.round(STEPS * qualityOf(rating)) * DOUBLINGS + doublings;
}

/** The rank that the fact's value says. */
export function rankFrom(value: string): number {
  return Number(value);
}

/** From 0 to 1, of the fact's value. */
export function qualityFrom(value: string): number {
  return Math.floor(rankFrom(value) / DOUBLINGS) / STEPS;
}

/** The document with its rating: on its card, and as facts. Without reviews it has none, and none of the facts. */
export function withRating(document: EngineDocument, rating: ListingRating | undefined): EngineDocument {
  if (!document.isListed || rating === undefined || rating.count === 0) return document;
  const mean = rating.sum / rating.count;
  const hit: IndexedHit = JSON.parse(document.card);
  const shown: IndexedHit['rating'] = { mean: Math.round(mean * 100) / 100, count: rating.count };
  const stars = [1, 2, 3, 4, 5].filter((each) => mean >= each).map((each) => `${RATING_KEY}:${each}`);
  return {
    ...document,
    card: JSON.stringify({ ...hit, rating: shown }),
    tokens: [...document.tokens, ...stars, `${QUALITY_KEY}:${rankOf(rating)}`],
  };
}
