import { type ActivityKind, EVENTS_MAX } from '../contract/activity.ts';

/** Who did it: a member, a visitor who agreed to be remembered, or the order of somebody who did not. */
export type ActorKind = 'member' | 'visitor' | 'order';
export type Person = { readonly actorId: string; readonly actorKind: ActorKind };

/** One thing somebody did. Ids are UUIDs here; they become prefixed ids at the border. */
export type Activity = Person & {
  readonly id: string;
  readonly kind: ActivityKind;
  readonly listingId: string | null;
  readonly query: string | null;
  readonly resultCount: number | null;
  readonly position: number | null;
  /** Milliseconds since 1970. */
  readonly occurredMs: number;
};

/** How much more than a look each act says about what somebody likes. Judged, not measured. */
export const WEIGHTS: Readonly<Record<ActivityKind, number>> = {
  view: 1,
  click: 1,
  search: 0,
  chat: 3,
  favorite: 3,
  cart: 4,
  purchase: 6,
};

/** Queries that differ in case, width or spaces are one; longer ones are cut. */
export function normalizedQuery(query: string): string {
  return query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 100);
}

/**
 * Programs that read the web and say so. Not every program: an app of the marketplace's own names its HTTP library.
 * Browsers that are driven by a test say nothing that their users would not.
 */
const CRAWLER = /bot\b|crawl|spider|slurp|archiver|facebookexternalhit|link ?preview|lighthouse|uptime|monitoring/i;

export function isCrawler(userAgent: string | undefined): boolean {
  return userAgent !== undefined && CRAWLER.test(userAgent);
}

/** What one actor may do in a minute; a person does a tenth of it. */
const PER_MINUTE_MAX = 600;
/** Actors whose pace is remembered. Beyond them everybody begins anew: it is a brake, not a wall. */
const PACED_MAX = 50_000;

/** A bucket of events an actor (https://en.wikipedia.org/wiki/Token_bucket): it fills by the clock, each event takes one. */
export class Pace {
  readonly #left = new Map<string, { left: number; atMs: number }>();

  /** Whether this actor may bring so many events now; they are taken if so. */
  allows(actorId: string, count: number, nowMs: number): boolean {
    const known = this.#left.get(actorId);
    const filled =
      known === undefined
        ? PER_MINUTE_MAX
        : Math.min(PER_MINUTE_MAX, known.left + ((nowMs - known.atMs) / 60_000) * PER_MINUTE_MAX);
    const isAllowed = filled >= Math.min(count, EVENTS_MAX);
    if (this.#left.size >= PACED_MAX) this.#left.clear();
    this.#left.set(actorId, { left: isAllowed ? filled - count : filled, atMs: nowMs });
    return isAllowed;
  }
}
