import { FEATURES, type Feature } from './features.ts';

/** What makes one number of features: the greater, the better the hit. Learned models know best what a field is worth. */
export type RankingModel = (features: Float64Array, fields: FieldWeights) => number;

/** How much a marketplace lets parts of a listing count, against what they count otherwise. */
export type FieldWeights = { readonly title: number; readonly category: number };
export const EVEN_FIELDS: FieldWeights = { title: 1, category: 1 };

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
  similarity: 0.15,
};

/** Of which field a feature tells; the others tell of the whole. */
const FIELD_OF: Readonly<Partial<Record<Feature, keyof FieldWeights>>> = {
  inTitle: 'title',
  inHead: 'title',
  early: 'title',
  titleShare: 'title',
  isTitle: 'title',
  pairs: 'title',
  nearness: 'title',
  lastWord: 'title',
  category: 'category',
};

/** Features added up by their weights. */
export function linearModel(weights: Readonly<Record<Feature, number>>): RankingModel {
  const each = Float64Array.from(FEATURES, (feature) => weights[feature]);
  const factors = new Float64Array(each.length);
  let factorsOf: FieldWeights | undefined;
  return (features, fields) => {
    // The same for all hits of a query.
    if (factorsOf !== fields) {
      factorsOf = fields;
      FEATURES.forEach((feature, i) => {
        const field = FIELD_OF[feature];
        factors[i] = field === undefined ? 1 : fields[field];
      });
    }
    let sum = 0;
    for (let i = 0; i < each.length; i++) sum += each[i]! * features[i]! * factors[i]!;
    return sum;
  };
}
