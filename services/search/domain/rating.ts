import type { IndexedHit } from '../contract.ts';
import type { EngineDocument } from '../engine/engine.ts';

/** What is known of the reviews of a listing, or of all of a store's: how many, and all their stars together. */
export type Rating = { readonly count: number; readonly sum: number };

/** What speaks for a listing: its own reviews, and those of all its store's. */
export type Standing = { readonly own: Rating | undefined; readonly store: Rating | undefined };

/** The facts `rating:1` to `rating:4`: so many stars and up, so that each choice of the filter is one value. */
export const RATING_KEY = 'rating';
/** The fact that says how good those who bought it hold a listing to be: it is sorted by. */
export const QUALITY_KEY = '@rated';
/** The fact that says what to expect of a listing, its store's reviews included: a hit's facts are at hand when it is ordered. */
export const STANDING_KEY = '@standing';

/** Steps of four hundredths of a star: finer ones would give every listing facts of its own. */
const STEPS = 100;
/** Of equals, those with twice as many reviews come first. */
const DOUBLINGS = 16;
/**
 * What everybody begins with: five reviews of three and a half stars. A Bayesian mean (https://en.wikipedia.org/wiki/Bayesian_average), so that one
 * review of five stars is less than twenty of 4.8: (5 × 3.5 + 5) / 6 = 3.75, (5 × 3.5 + 96) / 25 = 4.54.
 */
const PRIOR = { count: 5, mean: 3.5 };

/** Of a store's quality. Coarse: with each step all its listings are put into the index again. */
const STORE_STEPS = 20;

/** How good a listing is held to be, from 0 to 1. `before`: what it would be without reviews. */
export function qualityOf({ count, sum }: Rating, before = (PRIOR.mean - 1) / 4): number {
  return (PRIOR.count * before + (sum - count) / 4) / (PRIOR.count + count);
}

/** Where a store stands, in steps from 0 to 20; null without reviews. */
export function storeStepOf(store: Rating | undefined): number | null {
  return store === undefined || store.count === 0 ? null : Math.round(STORE_STEPS * qualityOf(store));
}

/**
 * What to expect of a listing, from 0 to 1; null where nobody reviewed anything of its store. It begins with what the store
 * is held to be, which matters most where each thing is sold once.
 */
export function standingOf({ own, store }: Standing): number | null {
  const step = storeStepOf(store);
  const before = step === null ? undefined : step / STORE_STEPS;
  return own === undefined || own.count === 0 ? (before ?? null) : qualityOf(own, before);
}

/** Where a listing stands among all that were reviewed: the greater comes first. More than 0, and whole. */
export function rankOf(rating: Rating): number {
  const doublings = Math.min(DOUBLINGS - 1, Math.floor(Math.log2(rating.count)));
  return Math.round(STEPS * qualityOf(rating)) * DOUBLINGS + doublings;
}

/** The rank that the fact's value says. */
export function rankFrom(value: string): number {
  return Number(value);
}

/** From 0 to 1, of the fact's value. */
export function standingFrom(value: string): number {
  return Number(value) / STEPS;
}

/** The document with what speaks for it: its rating on its card, and facts. Without reviews it has none of them. */
export function withStanding(document: EngineDocument, { own, store }: Standing): EngineDocument {
  const standing = document.isListed ? standingOf({ own, store }) : null;
  if (standing === null) return document;
  const expected = `${STANDING_KEY}:${Math.round(STEPS * standing)}`;
  if (own === undefined || own.count === 0) return { ...document, tokens: [...document.tokens, expected] };
  const mean = own.sum / own.count;
  const hit: IndexedHit = JSON.parse(document.card);
  const shown: IndexedHit['rating'] = { mean: Math.round(mean * 100) / 100, count: own.count };
  const stars = [1, 2, 3, 4, 5].filter((each) => mean >= each).map((each) => `${RATING_KEY}:${each}`);
  return {
    ...document,
    card: JSON.stringify({ ...hit, rating: shown }),
    tokens: [...document.tokens, ...stars, `${QUALITY_KEY}:${rankOf(own)}`, expected],
  };
}
