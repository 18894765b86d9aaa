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
  type VisualDeps,
} from './picture-search.ts';
import { absorbPictures } from './pictures-absorbed.ts';

/** Everything that is found by what it looks like. */
export function createVisualSearch(parts: Omit<VisualDeps, 'looks' | 'limits'>) {
  const deps = { ...parts, looks: createLooksAtHand(parts.database), limits: createPictureLimits(parts.clock) };
  return {
    reactions: pictureReactions(deps),
    /** Keeps which pictures listings have. */
    absorb: (marketplaceId: string, documents: readonly SearchDocument[]) =>
      absorbPictures(deps, marketplaceId, documents),
    handlers: {
      createPictureSearch: createPictureSearch(deps),
      completePictureSearch: completePictureSearch(deps),
      listPictureMatches: listPictureMatches(deps),
      listAlike: listAlike(deps),
      listCopies: listCopies(deps),
    },
    timer: timer({
      name: 'forget-pictures',
      everySeconds: 300,
      run: ({ marketplaceId }) => forgetPictureSearches(deps, marketplaceId),
    }),
  };
}
