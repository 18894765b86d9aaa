import type { FieldWeights } from './model.ts';
import type { SignalSettings } from './signals.ts';

/** What a marketplace says of how its hits are ordered. */
export type RankingRules = { readonly fields: FieldWeights; readonly signals: SignalSettings };
