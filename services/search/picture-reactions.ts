import type { SearchDocument } from '@plaza/catalog/contract';
import { listingDeleted, listingPaused, listingPublished, listingSold, listingUpdated } from '@plaza/catalog/events';
import type { EventDefinition } from '@plaza/kernel';
import { pictureDescribed } from '@plaza/media/events';
import { absorbing, type Reaction } from '@plaza/runtime';
import { type AbsorbDependencies, absorbLooks, absorbPictures } from './operations/pictures-absorbed.ts';

/** Which pictures listings have, and how they look, as catalog and media announce it. Versions and times decide, so order and repeats do not matter. */
export function pictureReactions(dependencies: AbsorbDependencies): Reaction[] {
  const showing = (event: EventDefinition<string, typeof SearchDocument>): Reaction =>
    absorbing(event, ({ events, context: { marketplaceId } }) =>
      absorbPictures(
        dependencies,
        marketplaceId,
        events.map(({ data }) => data),
      ),
    );
  return [
    ...[listingPublished, listingUpdated, listingPaused, listingSold, listingDeleted].map(showing),
    absorbing(pictureDescribed, ({ events, context: { marketplaceId } }) =>
      absorbLooks(
        dependencies,
        marketplaceId,
        events.map(({ data }) => data),
      ),
    ),
  ];
}
