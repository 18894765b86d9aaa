import type { SearchDocument } from '@plaza/catalog/contract';

/** The fact that says how complete a listing is, in steps: a hit's facts are at hand when it is ordered. */
export const COMPLETENESS_KEY = '@complete';

const STEPS = 3;
/** More than this says nothing more. */
const ENOUGH_CHARACTERS = 200;
const ENOUGH_ATTRIBUTES = 3;

/** How much of what helps to decide a listing has, in steps from 0 to 3: a picture, a description, attributes. */
export function completenessOf({
  imageUrl,
  description,
  attributes,
}: Pick<SearchDocument, 'imageUrl' | 'description' | 'attributes'>): number {
  const filled = Object.values(attributes).filter(
    (value) => value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  const parts = [
    imageUrl === null ? 0 : 1,
    Math.min(1, description.length / ENOUGH_CHARACTERS),
    Math.min(1, filled.length / ENOUGH_ATTRIBUTES),
  ];
  return Math.round((STEPS * parts.reduce((sum, each) => sum + each, 0)) / parts.length);
}

/** From 0 to 1, of the fact's value. */
export function completenessFrom(value: string): number {
  return Number(value) / STEPS;
}
