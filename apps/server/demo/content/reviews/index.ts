import { bazaarReviews } from './bazaar.ts';
import { gamarriandoReviews } from './gamarriando.ts';
import { jaikodReviews } from './jaikod.ts';
import { temuhashReviews } from './temuhash.ts';
import type { DemoReviews } from './types.ts';

export type { DemoReview, DemoReviews } from './types.ts';

/** What the demo's people say of what they bought, by marketplace. */
export const DEMO_REVIEWS: Readonly<Record<string, DemoReviews>> = {
  bazaar: bazaarReviews,
  gamarriando: gamarriandoReviews,
  jaikod: jaikodReviews,
  temuhash: temuhashReviews,
};
