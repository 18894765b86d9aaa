import 'server-only';
import { orUndefined, unlessAway } from './api.ts';

/** What discovery answers, or undefined while it is away: a page without suggestions is still a page. */
export function orNothing<T>(read: Promise<T>): Promise<T | undefined> {
  return unlessAway(orUndefined(read, 'LISTING_NOT_FOUND'));
}
