import { FEATURES, type Feature } from './features.ts';

/** What makes one number of features: the greater, the better the hit. */
export type RankingModel = (features: Float64Array) => number;

/** How much each feature counts. Decision 0027 says where these are from. */
export const DEFAULT_WEIGHTS: Readonly<Record<Feature, number>> = {
  words: 1,
  inTitle: 0.05,
  inHead: 0.12,
  early: 0.08,
  titleShare: 0.12,
  isTitle: 0.05,
  pairs: 0.06,
  nearness: 0.02,
  lastWord: 0,
  measures: 0.04,
  category: 0.15,
  related: 0.05,
};

/** Features added up by their weights. */
export function linearModel(weights: Readonly<Record<Feature, number>>): RankingModel {
  const each = Float64Array.from(FEATURES, (feature) => weights[feature]);
  return (features) => {
    let sum = 0;
    for (let i = 0; i < each.length; i++) sum += (each[i] as number) * (features[i] as number);
    return sum;
  };
}
