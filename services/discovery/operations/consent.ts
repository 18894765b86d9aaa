import { type Context, requireMember, uuidFromId } from '@plaza/kernel';
import { type Database, inTransaction, type Transaction } from '@plaza/runtime';
import { type ActivityConsent, discoveryContract } from '../contract.ts';
import type { Person } from '../domain/activity.ts';
import { activityErased } from '../events.ts';
import { eraseActivity, findConsent, handOverActivity, saveConsent } from '../store/activity.ts';
import { eraseSearches } from '../store/saved-search.ts';
import { personOf } from './person.ts';
import { actorIdOf } from './recorder.ts';

type Dependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly keptDays: number;
  /** Forgets somebody in memory. */
  readonly forget: (marketplaceId: string, actorId: string) => void;
};

/** What is remembered of somebody is theirs to allow, to refuse, and to have erased. */
export function manageConsent({ database, clock, keptDays, forget }: Dependencies) {
  const shown = (found: { isAllowed: boolean; updatedTime: Date } | undefined): ActivityConsent => ({
    choice: found === undefined ? 'unset' : found.isAllowed ? 'allowed' : 'refused',
    updatedTime: found?.updatedTime.toISOString() ?? null,
    keptDays,
  });

  async function erase(tx: Transaction, person: Person): Promise<number> {
    const erased = await eraseActivity(tx, tx.marketplaceId, person.actorId);
    await tx.announce(activityErased, actorIdOf(person), { actorId: actorIdOf(person) });
    tx.afterCommit(() => forget(tx.marketplaceId, person.actorId));
    return erased;
  }

  return {
    async getActivityConsent({ context }: { context: Context }) {
      const { memberId } = requireMember(context);
      const { marketplaceId } = context;
      return shown(await findConsent(database.read(marketplaceId), marketplaceId, uuidFromId(memberId)));
    },

    setActivityConsent: inTransaction(
      database,
      discoveryContract.setActivityConsent,
      async ({ input, context, tx }) => {
        const consent = { isAllowed: input.isAllowed, updatedTime: clock() };
        await saveConsent(tx, tx.marketplaceId, uuidFromId(requireMember(context).memberId), consent);
        return shown(consent);
      },
    ),

    eraseMyActivity: inTransaction(database, discoveryContract.eraseMyActivity, async ({ context, tx }) => {
      const visitorId = context.visit?.visitorId;
      const member = personOf(context);
      let erased = member === undefined ? 0 : await erase(tx, member);
      if (member?.actorKind === 'member' && visitorId !== undefined)
        erased += await erase(tx, { actorId: visitorId, actorKind: 'visitor' });
      return { erased };
    }),

    keepMyActivity: inTransaction(database, discoveryContract.keepMyActivity, async ({ context, tx }) => {
      const memberId = uuidFromId(requireMember(context).memberId);
      const { visitorId, isTrackingRefused = true } = context.visit ?? {};
      const isWilling = (await findConsent(tx, tx.marketplaceId, memberId))?.isAllowed !== false;
      if (visitorId === undefined || isTrackingRefused || !isWilling) return { kept: 0 };
      const kept = await handOverActivity(tx, tx.marketplaceId, { visitorId, memberId });
      tx.afterCommit(() => forget(tx.marketplaceId, visitorId));
      return { kept };
    }),

    eraseMemberActivity: inTransaction(
      database,
      discoveryContract.eraseMemberActivity,
      async ({ input, context, tx }) => {
        const person: Person = { actorId: uuidFromId(input.memberId), actorKind: 'member' };
        const erased = (await erase(tx, person)) + (await eraseSearches(tx, person.actorId));
        await tx.audit({
          action: 'activity.erased',
          subject: input.memberId,
          actor: context.actor,
          details: { erased },
        });
        return { erased };
      },
    ),
  };
}
