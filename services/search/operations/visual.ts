import type { SearchDocument } from '@plaza/catalog/contract';
import { timer } from '@plaza/runtime';
import { pictureReactions } from '../picture-reactions.ts';
import { createPictureLimits } from '../visual/limits.ts';
import { createLooksAtHand } from '../visual/looks-at-hand.ts';
import { listAlike, listCopies } from './alike.ts';
import {
  completePictureSearch,
  createPictureSearch,
  forgetPictureSearches,
  listPictureMatches,
  type VisualDependencies,
} from './picture-search.ts';
import { absorbPictures } from './pictures-absorbed.ts';

/** Everything that is found by what it looks like. */
export function createVisualSearch(parts: Omit<VisualDependencies, 'looks' | 'limits'>) {
  const dependencies = { ...parts, looks: createLooksAtHand(parts.database), limits: createPictureLimits(parts.clock) };
  return {
    reactions: pictureReactions(dependencies),
    /** Keeps which pictures listings have. */
    absorb: (marketplaceId: string, documents: readonly SearchDocument[]) =>
      absorbPictures(dependencies, marketplaceId, documents),
    handlers: {
      createPictureSearch: createPictureSearch(dependencies),
      completePictureSearch: completePictureSearch(dependencies),
      listPictureMatches: listPictureMatches(dependencies),
      listAlike: listAlike(dependencies),
      listCopies: listCopies(dependencies),
    },
    timer: timer({
      name: 'forget-pictures',
      everySeconds: 300,
      run: ({ marketplaceId }) => forgetPictureSearches(dependencies, marketplaceId),
    }),
  };
}
