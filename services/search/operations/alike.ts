import { type Context, type Handler, uuidFromId } from '@plaza/kernel';
import type { searchContract } from '../contract.ts';
import { errors } from '../errors.ts';
import type { AskedLook, LookMatch } from '../visual/looks.ts';
import { byOf, matchesOf, pageOfMatches } from './look-matches.ts';
import type { VisualDependencies } from './picture-search.ts';

type Contract = typeof searchContract;

/**
 * By color and shape alone every two pictures are somewhat alike; of the demo's, one pair in a hundred is nearer than this.
 * Models that know goods are trusted with their order.
 */
const NEAR_ENOUGH = 0.9;

/** By the first picture, as buyers see the listing; the same picture elsewhere too, for a copy looks alike as well. */
export function listAlike(dependencies: VisualDependencies): Handler<Contract['listAlike']> {
  return async ({ input, context }) => {
    const { looks, listingId, pictures } = await listed(dependencies, input.listingId, context);
    const asked = pictures.map((assetId) => looks.lookOf(assetId)).find((look) => look !== undefined);
    const model = asked?.model ?? '';
    const least = byOf(model) === 'model' ? Number.NEGATIVE_INFINITY : NEAR_ENOUGH;
    const matches = (asked === undefined ? [] : matchesOf(looks, asked)).filter(
      (match) => match.listingId !== listingId && (match.isSamePicture || match.similarity >= least),
    );
    return pageOfMatches(dependencies, context.marketplaceId, { matches, model }, input);
  };
}

/** By every picture of the listing; what the same store shows twice is no sign of anything. */
export function listCopies(dependencies: VisualDependencies): Handler<Contract['listCopies']> {
  return async ({ input, context }) => {
    const { looks, storeId, pictures } = await listed(dependencies, input.listingId, context);
    const asked = pictures.flatMap((assetId): readonly AskedLook[] => {
      const look = looks.lookOf(assetId);
      return look === undefined ? [] : [look];
    });
    const copies = new Map<string, LookMatch>();
    for (const match of asked.flatMap((look) => looks.same(look)))
      if (match.storeId !== storeId && !copies.has(match.listingId)) copies.set(match.listingId, match);
    const matches = [...copies.values()].sort((a, b) => b.similarity - a.similarity);
    return pageOfMatches(dependencies, context.marketplaceId, { matches, model: asked[0]?.model ?? '' }, input);
  };
}

/** A listing that is on sale, and its pictures in order. */
async function listed({ engine, looks }: VisualDependencies, id: string, { marketplaceId }: Context) {
  const listingId = uuidFromId(id);
  const [known, [card]] = await Promise.all([looks.looksOf(marketplaceId), engine.cards(marketplaceId, [id])]);
  if (card === undefined) throw errors.LISTING_NOT_FOUND({});
  const pictures = known.picturesOf(listingId);
  return { looks: known, listingId, storeId: pictures?.storeId ?? '', pictures: pictures?.assetIds ?? [] };
}
