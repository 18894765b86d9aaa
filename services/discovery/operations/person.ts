import { type Context, uuidFromId } from '@plaza/kernel';
import type { Person } from '../domain/activity.ts';

/** Who is behind a call: the member, or the visitor who agreed to be remembered; undefined for anybody else. */
export function personOf({ actor, visit }: Context): Person | undefined {
  if (actor.kind === 'member') return { actorId: uuidFromId(actor.memberId), actorKind: 'member' };
  if (visit?.visitorId === undefined) return undefined;
  return { actorId: visit.visitorId, actorKind: 'visitor' };
}
