import { createHash } from 'node:crypto';
import { isId, uuidFromId } from '@plaza/kernel';
import type { ImportOutcome, PastActivity } from '../contract/activity.ts';
import { type Activity, normalizedQuery, type Person } from './activity.ts';

/** What is there of the listings that a log names. */
export type NamedListings = {
  /** UUIDs of those named by our ids. */
  readonly known: ReadonlySet<string>;
  /** UUIDs of those named by ids of elsewhere. */
  readonly byExternalId: ReadonlyMap<string, string>;
};

type Refusal = ImportOutcome['mistakes'][number]['reason'];

/** A row of a log of elsewhere as activity, or why it is none. */
export function pastActivity(
  marketplaceId: string,
  row: PastActivity,
  listings: NamedListings,
  nowMs: number,
): Activity | Refusal {
  const listingId = listingOf(row, listings);
  if (Date.parse(row.time) > nowMs) return 'in-the-future';
  if (listingId === undefined && row.kind !== 'search') return 'unknown-listing';
  return activityOf(marketplaceId, row, listingId ?? null);
}

/** The person that a log calls so: a member by their id, anybody else by a number that follows from the name. */
export function importedPerson(marketplaceId: string, userId: string): Person {
  if (isId('member', userId)) return { actorId: uuidFromId(userId), actorKind: 'member' };
  return { actorId: uuidOf(`${marketplaceId}\nuser\n${userId}`), actorKind: 'visitor' };
}

function listingOf(
  { listingId, externalId }: PastActivity,
  { known, byExternalId }: NamedListings,
): string | undefined {
  if (listingId !== undefined) return known.has(uuidFromId(listingId)) ? uuidFromId(listingId) : undefined;
  return externalId === undefined ? undefined : byExternalId.get(externalId);
}

/** Its id follows from the row, so that a row twice counts once. */
function activityOf(marketplaceId: string, row: PastActivity, listingId: string | null): Activity {
  const { userId, kind, query, time } = row;
  return {
    ...importedPerson(marketplaceId, userId),
    id: uuidOf([marketplaceId, userId, kind, listingId ?? '', query ?? '', Date.parse(time)].join('\n')),
    kind,
    listingId,
    query: query === undefined ? null : normalizedQuery(query),
    resultCount: null,
    position: null,
    occurredMs: Date.parse(time),
  };
}

/** A UUID that follows from a text (version 8, RFC 9562: made by a rule of one's own). */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
