import { type Context, type Handler, uuidFromId } from '@plaza/kernel';
import { type Database, inSteps } from '@plaza/runtime';
import { type ActivityEvent, discoveryContract, type IgnoredBecause } from '../contract.ts';
import { type Activity, isCrawler, normalizedQuery, Pace, type Person } from '../domain/activity.ts';
import { findConsent } from '../store/activity.ts';
import { personOf } from './person.ts';
import type { Recorder } from './recorder.ts';

type Dependencies = { readonly database: Database; readonly clock: () => Date; readonly recorder: Recorder };

/** Keeps a batch of a visitor's events, or none of them, and says why. Sent again, it is kept once, by the events' ids. */
export function recordActivity({
  database,
  clock,
  recorder,
}: Dependencies): Handler<(typeof discoveryContract)['recordActivity']> {
  const pace = new Pace();

  /** Who it may be kept of, or why of nobody. */
  async function admit(context: Context, count: number): Promise<Person | IgnoredBecause> {
    const { visit, marketplaceId } = context;
    if (visit?.isTrackingRefused === true) return 'privacy-signal';
    const person = personOf(context);
    if (person === undefined) return 'no-consent';
    if (isCrawler(visit?.userAgent)) return 'automated';
    if (person.actorKind === 'member') {
      const consent = await findConsent(database.read(marketplaceId), marketplaceId, person.actorId);
      if (consent?.isAllowed === false) return 'no-consent';
    }
    return pace.allows(person.actorId, count, clock().getTime()) ? person : 'too-many';
  }

  return inSteps(database, discoveryContract.recordActivity, async ({ input: { events }, context }) => {
    const person = await admit(context, events.length);
    if (typeof person === 'string') return { accepted: 0, ignored: events.length, ignoredBecause: person };
    const nowMs = clock().getTime();
    await recorder.record(
      context.marketplaceId,
      events.map((event) => activityOf(event, person, nowMs)),
    );
    return { accepted: events.length, ignored: 0, ignoredBecause: null };
  });
}

function activityOf(event: ActivityEvent, person: Person, nowMs: number): Activity {
  const { id, kind, listingId, query, resultCount, position, offsetMs } = event;
  return {
    ...person,
    id: id.toLowerCase(),
    kind,
    listingId: listingId === undefined ? null : uuidFromId(listingId),
    query: query === undefined ? null : normalizedQuery(query) || null,
    resultCount: resultCount ?? null,
    position: position ?? null,
    occurredMs: nowMs - offsetMs,
  };
}
