import type { FieldWeights } from './model.ts';
import type { SignalSettings } from './signals.ts';

/** What a marketplace says of how its hits are ordered. */
export type RankingRules = {
  readonly fields: FieldWeights;
  readonly signals: SignalSettings;
  /** Which part of the way up to the cap operators lift a listing, or all of a store, by id: from 0 to 1. */
  readonly boosts: Readonly<Record<string, number>>;
};
