import { asService, type Client, type Context, faultFrom, type Handler, invalidInput, uuidFromId } from '@plaza/kernel';
import type { AskedLook as AskedLookView, LookProblem, mediaContract } from '@plaza/media/contract';
import { inSteps, type Platform } from '@plaza/runtime';
import { searchContract } from '../contract.ts';
import type { SearchEngine } from '../engine/engine.ts';
import { errors } from '../errors.ts';
import { findPictureSearch, insertPictureSearch, removePictureSearches, savePictureSearch } from '../store/looks.ts';
import type { PictureLimits } from '../visual/limits.ts';
import type { AskedLook } from '../visual/looks.ts';
import type { LooksAtHand } from '../visual/looks-at-hand.ts';
import type { Marks } from '../visual/marks.ts';
import { matchesOf, pageOfMatches } from './look-matches.ts';

export type VisualDependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock'> & {
  readonly engine: SearchEngine;
  readonly looks: LooksAtHand;
  readonly limits: PictureLimits;
  readonly media: Pick<Client<typeof mediaContract>, 'createUpload' | 'describeUpload'>;
};
type Contract = typeof searchContract;

/** What is wrong with a picture, for who sent it. */
const PROBLEMS: Record<LookProblem, string> = {
  missing: 'The picture has not arrived: send it to uploadUrl first.',
  type: 'This is no JPEG, PNG, WebP, GIF or AVIF.',
  too_large: 'This is larger than 10 MiB.',
  unreadable: 'This picture cannot be read. It may be damaged.',
  too_small: 'This picture is smaller than 16 pixels a side.',
  too_many_pixels: 'This picture has more than 100 million pixels.',
};

/** Begins an upload that only looking at it can end. */
export function createPictureSearch(dependencies: VisualDependencies): Handler<Contract['createPictureSearch']> {
  const { database, limits, media } = dependencies;
  return inSteps(database, searchContract.createPictureSearch, async ({ input, context }) => {
    limits.count(context);
    const { marketplaceId } = context;
    const { uploadId: pictureId, ...upload } = await media
      .createUpload({ ...input, purpose: 'search-picture', filename: 'picture' }, asService('search', context))
      .catch((error) => {
        throw refusedAtOnce(error);
      });
    await insertPictureSearch(database.read(marketplaceId), marketplaceId, {
      id: uuidFromId(pictureId),
      memberId: memberOf(context),
      expireTime: new Date(upload.expireTime),
    });
    return { pictureId, ...upload };
  });
}

/** What media refuses before anything was sent, by field. */
function refusedAtOnce(error: unknown): unknown {
  const { code } = faultFrom(error);
  const refused = { FILE_TYPE_REFUSED: ['contentType', 'type'], FILE_TOO_LARGE: ['sizeBytes', 'too_large'] } as const;
  const [field, problem] = refused[code as keyof typeof refused] ?? [];
  if (field === undefined) return error;
  return invalidInput([{ pointer: `/${field}`, code: `picture_${problem}`, detail: PROBLEMS[problem] }]);
}

/** Has the picture looked at. Repeated, it answers the same: the picture is gone, how it looks is there. */
export function completePictureSearch(dependencies: VisualDependencies): Handler<Contract['completePictureSearch']> {
  const { database, limits, media } = dependencies;
  return inSteps(database, searchContract.completePictureSearch, async ({ input: { pictureId }, context }) => {
    const { marketplaceId } = context;
    const search = await findOwn(dependencies, pictureId, context);
    const expireTime = search.expireTime.toISOString();
    if (search.look !== null) return { pictureId, model: search.look.model, expireTime };
    const { look, problem } = await limits.within(() =>
      media.describeUpload({ uploadId: pictureId }, asService('search', context)),
    );
    if (look === null) {
      const code = problem ?? 'unreadable';
      throw invalidInput([{ pointer: '/picture', code: `picture_${code}`, detail: PROBLEMS[code] }]);
    }
    await savePictureSearch(database.read(marketplaceId), marketplaceId, uuidFromId(pictureId), look);
    return { pictureId, model: look.model, expireTime };
  });
}

export function listPictureMatches(dependencies: VisualDependencies): Handler<Contract['listPictureMatches']> {
  return async ({ input, context }) => {
    const { look } = await findOwn(dependencies, input.pictureId, context);
    if (look === null) throw errors.PICTURE_NOT_LOOKED_AT({});
    const looks = await dependencies.looks.looksOf(context.marketplaceId);
    const asked = askedFrom(look);
    const found = { matches: matchesOf(looks, asked), model: look.model };
    return pageOfMatches(dependencies, context.marketplaceId, found, input);
  };
}

/** Forgets what was searched by and is over. */
export async function forgetPictureSearches(
  { database, clock }: VisualDependencies,
  marketplaceId: string,
): Promise<void> {
  await removePictureSearches(database.read(marketplaceId), marketplaceId, clock());
}

/** A guest's picture is whose id one has; a member's is theirs alone. */
async function findOwn({ database, clock }: VisualDependencies, pictureId: string, context: Context) {
  const { marketplaceId } = context;
  const search = await findPictureSearch<AskedLookView>(
    database.read(marketplaceId),
    marketplaceId,
    uuidFromId(pictureId),
    clock(),
  );
  if (search === undefined || (search.memberId !== null && search.memberId !== memberOf(context)))
    throw errors.PICTURE_NOT_FOUND({});
  return search;
}

function memberOf({ actor }: Context): string | null {
  return actor.kind === 'member' ? uuidFromId(actor.memberId) : null;
}

function askedFrom({ model, vector, framings, ...marks }: AskedLookView): AskedLook {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const marksFrom = ({ hash, tint }: { readonly hash: string; readonly tint: string }): Marks => ({
    hash: bytes(hash),
    tint: new Int8Array(bytes(tint)),
  });
  return { marks: marksFrom(marks), framings: framings.map(marksFrom), model, vector: new Int8Array(bytes(vector)) };
}
