import { createHash } from 'node:crypto';
import {
  type Context,
  chanceFrom,
  commonErrors,
  decodeCursor,
  encodeCursor,
  type Handler,
  hasRole,
  uuidFromId,
} from '@plaza/kernel';
import { type Database, inTransaction } from '@plaza/runtime';
import { z } from 'zod';
import { discoveryContract, type FeedItem, type ReasonCode } from '../contract.ts';
import { arrange, type Ranked } from '../domain/arrange.ts';
import { importedPerson } from '../domain/past-activity.ts';
import { rankPlainly } from '../domain/plain-ranking.ts';
import type { Judge } from '../domain/rerank.ts';
import { errors } from '../errors.ts';
import { type Card, findCards, insertDismissal } from '../store/feed.ts';
import { findFacts } from '../store/listing.ts';
import type { Models } from './models.ts';
import { personOf } from './person.ts';
import { type Candidate, NO_PAST, readCandidates, readPast } from './read-candidates.ts';

type Dependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly models: Models;
  readonly judgeOf: (marketplaceId: string) => Judge;
};

/** A feed ends here: beyond it searching is better. */
const DEPTH_MAX = 200;
/** Ranked plainly, before what cannot be had is left out. */
const PLAIN_MAX = 300;
/** New enough to be tried out on somebody. */
const FRESH_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;
/** How long, and how many, feeds of nobody in particular are kept. */
const KEPT_MS = 5_000;
const KEPT_FEEDS_MAX = 200;

type Suggested = { readonly id: string; readonly code: ReasonCode; readonly because: string | null };

/** Suggestions for one visitor, and what they say about them. */
export function serveFeed({ database, clock, models, judgeOf }: Dependencies) {
  /** Whose feed it is: the caller's own, or, for an admin, of somebody named in an imported log. */
  function actorOf(context: Context, userId: string | undefined): string | undefined {
    if (userId === undefined) return personOf(context)?.actorId;
    if (!hasRole(context, 'admin')) throw commonErrors.FORBIDDEN({});
    return importedPerson(context.marketplaceId, userId).actorId;
  }

  async function explored(marketplaceId: string, actorId: string | undefined, seed: number): Promise<Suggested[]> {
    const model = await models.get(marketplaceId);
    const past = actorId === undefined ? NO_PAST : await readPast(database, marketplaceId, actorId);
    const nowMs = clock().getTime();
    const judge = judgeOf(marketplaceId);
    const candidates = await readCandidates(database, model, { marketplaceId, past, nowMs });
    const ranked = candidates
      .map((candidate): Ranked & { candidate: Candidate } => ({
        id: candidate.facts.id,
        storeId: candidate.facts.storeId,
        categoryId: candidate.facts.categoryId,
        score: judge(candidate.features),
        isFresh: nowMs - candidate.facts.publishedMs < FRESH_MS && candidate.features.popularity < 0.2,
        candidate,
      }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return arrange(ranked, DEPTH_MAX, chanceFrom(seed)).map(({ id, candidate }) => ({ id, ...reasonOf(candidate) }));
  }

  async function plain(marketplaceId: string, actorId: string | undefined): Promise<Suggested[]> {
    const model = await models.get(marketplaceId);
    const { history, hidden } = actorId === undefined ? NO_PAST : await readPast(database, marketplaceId, actorId);
    const ranked = rankPlainly(model, history, PLAIN_MAX + hidden.size).filter(({ item }) => !hidden.has(item));
    const facts = await findFacts(
      database.read(marketplaceId),
      marketplaceId,
      ranked.map(({ item }) => item),
    );
    const offered = new Set(facts.flatMap(({ id, isOffered }) => (isOffered ? [id] : [])));
    return ranked
      .filter(({ item }) => offered.has(item))
      .slice(0, DEPTH_MAX)
      .map(({ item, because }) =>
        because === item ? { id: item, code: 'popular', because: null } : { id: item, code: 'related', because },
      );
  }

  /** What everybody sees whom nobody knows is arranged once for all of them. */
  const forAnybody = new Map<string, { readonly untilMs: number; readonly list: Promise<Suggested[]> }>();
  function exploredOnce(marketplaceId: string, actorId: string | undefined, seed: number): Promise<Suggested[]> {
    if (actorId !== undefined) return explored(marketplaceId, actorId, seed);
    const key = `${marketplaceId} ${seed}`;
    const nowMs = clock().getTime();
    const known = forAnybody.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.list;
    if (forAnybody.size >= KEPT_FEEDS_MAX) forAnybody.clear();
    const list = explored(marketplaceId, undefined, seed);
    forAnybody.set(key, { untilMs: nowMs + KEPT_MS, list });
    // What failed is not kept: the next one tries anew.
    list.catch(() => forAnybody.delete(key));
    return list;
  }

  const getFeed: Handler<(typeof discoveryContract)['getFeed']> = async ({ input, context }) => {
    const { marketplaceId } = context;
    const actorId = actorOf(context, input.userId);
    const [seed, shown] = decodeCursor(input.cursor, Place) ?? [seedOf(actorId, clock()), ''];
    const list =
      input.explore === 'off' ? await plain(marketplaceId, actorId) : await exploredOnce(marketplaceId, actorId, seed);
    const before = new Set(shown.match(TAILS));
    const left = list.filter(({ id }) => !before.has(tailOf(id)));
    const page = left.slice(0, Math.min(input.limit, DEPTH_MAX - before.size));
    const queries = database.read(marketplaceId);
    const wanted = page.flatMap(({ id, because }) => (because === null ? [id] : [id, because]));
    const cards = await findCards(queries, marketplaceId, [...new Set(wanted)]);
    const isEnd = page.length === left.length || before.size + page.length >= DEPTH_MAX;
    return {
      items: page.flatMap((each) => itemOf(each, cards)),
      nextCursor: isEnd ? null : encodeCursor([seed, shown + page.map(({ id }) => tailOf(id)).join('')]),
    };
  };

  return {
    getFeed,

    dismissListing: inTransaction(database, discoveryContract.dismissListing, async ({ input, context, tx }) => {
      const listingId = uuidFromId(input.listingId);
      const [listing] = await findFacts(tx, tx.marketplaceId, [listingId]);
      if (listing === undefined) throw errors.LISTING_NOT_FOUND({});
      const person = personOf(context);
      if (person === undefined) throw errors.VISITOR_UNKNOWN({});
      await insertDismissal(tx, tx.marketplaceId, { actorId: person.actorId, listingId, dismissedTime: clock() });
      return { listingId: input.listingId };
    }),
  };
}

function itemOf({ id, code, because }: Suggested, cards: ReadonlyMap<string, Card>): FeedItem[] {
  const listing = cards.get(id);
  if (listing === undefined) return [];
  const source = because === null ? undefined : cards.get(because);
  return [
    {
      listing,
      reason: {
        code,
        // What has gone off sale since is no longer named.
        because: source === undefined ? null : { id: source.id, slug: source.slug, title: source.title },
      },
    },
  ];
}

/** The reason that a reader would give: what says most about them first. */
function reasonOf({ features, sources, because }: Candidate): { code: ReasonCode; because: string | null } {
  if (features.affinity > 0) return { code: 'related', because };
  if (features.store > 0) return { code: 'store', because: null };
  if (features.likeness > 0) return { code: 'similar', because };
  if (features.nearby > 0) return { code: 'nearby', because: null };
  if (features.popularity > 0.3 || sources.size === 0) return { code: 'popular', because: null };
  return { code: 'fresh', because: null };
}

/** The same visitor sees the same order for an hour, so that going back shows what was there. */
function seedOf(actorId: string | undefined, now: Date): number {
  return createHash('sha256')
    .update(`${actorId ?? ''}${Math.floor(now.getTime() / HOUR_MS)}`)
    .digest()
    .readUInt32BE(0);
}

/** Random digits of an id (UUID version 7, RFC 9562 §5.7), enough to tell a feed's listings apart. */
const TAIL_DIGITS = 8;
const TAILS = /.{8}/g;
const tailOf = (id: string): string => id.slice(-TAIL_DIGITS);

/**
 * The seed of the first page, and the tails of what was shown since. Who opens a listing between two pages, or dismisses
 * one, is suggested other things from then on: by a place in the list they would miss some and see others twice.
 */
const Place = z.tuple([
  z.int().min(0),
  z
    .string()
    .max(TAIL_DIGITS * DEPTH_MAX)
    .regex(/^([0-9a-f]{8})*$/),
]);
