import type { Database } from '@plaza/runtime';
import type { Activity } from '../domain/activity.ts';
import { findStart, listActivity } from '../store/activity.ts';

/** Events read at once. */
const PAGE_EVENTS = 5_000;

/** The newest events that were recorded until then, in order of time, a page after the other. */
export async function* activityPages(
  database: Database,
  marketplaceId: string,
  { recordedUntil, newest }: { readonly recordedUntil: Date; readonly newest: number },
): AsyncGenerator<Activity[]> {
  const queries = database.read(marketplaceId);
  const start = await findStart(queries, marketplaceId, newest);
  if (start === undefined) return;
  let after = { occurredTime: new Date(start.getTime() - 1), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  for (;;) {
    const page = await listActivity(queries, marketplaceId, { after, recordedUntil, limit: PAGE_EVENTS });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_EVENTS) return;
    after = { occurredTime: new Date(last.occurredMs), id: last.id };
  }
}
