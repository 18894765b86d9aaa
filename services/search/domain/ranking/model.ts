import { FEATURES, type Feature } from './features.ts';

/** What makes one number of features: the greater, the better the hit. */
export type RankingModel = (features: Float64Array) => number;

/** How much each feature counts. Decision 0027 says where these are from. */
export const DEFAULT_WEIGHTS: Readonly<Record<Feature, number>> = {
  words: 1,
  inTitle: 0.15,
  inHead: 0.15,
  early: 0.05,
  titleShare: 0.1,
  isTitle: 0.05,
  pairs: 0.15,
  nearness: 0.05,
  lastWord: 0.05,
  measures: 0.1,
  category: 0.1,
  related: 0.1,
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
