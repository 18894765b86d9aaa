import { type Context, type Handlers, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Queries, type Transaction } from '@plaza/runtime';
import { type PayoutPlan, paymentsContract } from '../contract.ts';
import { hindranceOf } from '../domain/payout-account.ts';
import { nextPayoutTime, type PayoutSchedule } from '../domain/payout-schedule.ts';
import { hasPayouts, payoutSourceOf } from '../domain/payout-source.ts';
import { errors } from '../errors.ts';
import { findPayout, listPayouts, type PayoutRow, payoutFrom } from '../store/payout.ts';
import { findPayoutAccountOf, payoutAccountFrom } from '../store/payout-account.ts';
import { recordedBy } from '../store/payout-record.ts';
import { findSchedule, type PayoutScheduleRow, readSpendable, saveSchedule } from '../store/payout-schedule.ts';
import type { Dependencies } from './dependencies.ts';
import { minimumOf, openPayout, payableOf, returnPayout } from './open-payout.ts';
import { isOwnMoney, type PayoutOwner, requireOwner, requireOwnOwner } from './payout-owner.ts';

type Payouts = Pick<
  Handlers<typeof paymentsContract>,
  'requestPayout' | 'cancelPayout' | 'listPayouts' | 'getPayoutPlan' | 'setPayoutSchedule'
>;

/** What owners do with their payouts. */
export function payouts(dependencies: Dependencies): Payouts {
  const { database, marketplaces, clock } = dependencies;
  return {
    requestPayout: inTransaction(database, paymentsContract.requestPayout, async ({ input, context, tx }) => {
      const owner = await requireOwnOwner(tx, context, { ownerKind: 'store', ownerId: input.storeId });
      const { amountMinor, currency } = input.amount;
      const { actor } = context;
      return payoutFrom(await openPayout(tx, dependencies, { owner, currency, amountMinor: () => amountMinor, actor }));
    }),
    cancelPayout: inTransaction(database, paymentsContract.cancelPayout, async ({ input, context, tx }) => {
      const payout = await requirePayout(tx, uuidFromId(input.payoutId));
      if (!(await isOwnMoney(tx, context, payout))) throw errors.PAYOUT_NOT_FOUND({});
      const by = recordedBy(context.actor);
      const canceled = await returnPayout(tx, dependencies, payout, {
        reason: 'canceled_by_owner',
        by,
        kind: 'canceled',
      });
      return payoutFrom(canceled ?? (await requireStateOf(tx, payout, 'canceled')));
    }),
    listPayouts: async ({ input: { storeId, ...page }, context }) => {
      const queries = database.read(context.marketplaceId);
      const owner = await requireOwner(queries, context, { ownerKind: 'store', ownerId: storeId });
      return listPayouts(queries, context.marketplaceId, { ...page, owner });
    },
    getPayoutPlan: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const owner = requirePayouts(await requireOwner(queries, context, input));
      return planOf(queries, context, owner, input);
    },
    setPayoutSchedule: inTransaction(database, paymentsContract.setPayoutSchedule, async ({ input, context, tx }) => {
      const owner = requirePayouts(await requireOwnOwner(tx, context, input));
      const { cadence, thresholdMinor } = input;
      const settings = marketplaces.get(context.marketplaceId);
      // What leaves a wallet is asked for, by somebody who just showed that it is theirs.
      const isOffered = settings.payout.cadences.includes(cadence) && (owner.kind === 'store' || cadence === 'manual');
      if (!isOffered) throw errors.PAYOUT_CADENCE_NOT_OFFERED({});
      // Monday, unless it is said: a week has to end somewhere.
      const weekday = cadence === 'weekly' ? (input.weekday ?? 1) : null;
      await saveSchedule(tx, {
        owner_kind: owner.kind,
        owner_id: owner.id,
        currency: input.currency,
        cadence,
        weekday,
        threshold_minor: thresholdMinor,
        next_time: nextPayoutTime(scheduleOf({ cadence, weekday }), settings.timeZone, clock()),
      });
      return planOf(tx, context, owner, input);
    }),
  };

  async function planOf(
    queries: Queries,
    { marketplaceId }: Context,
    owner: PayoutOwner,
    { currency }: Pick<PayoutPlan, 'currency'>,
  ): Promise<PayoutPlan> {
    const settings = marketplaces.get(marketplaceId);
    const source = { purpose: payoutSourceOf(owner.kind).available, ownerId: owner.id };
    const availableMinor = await readSpendable(queries, marketplaceId, currency, source);
    const payableMinor = await payableOf(queries, marketplaceId, dependencies, { owner, currency, availableMinor });
    const schedule = await findSchedule(queries, marketplaceId, owner, currency);
    const account = await findPayoutAccountOf(queries, marketplaceId, owner, currency);
    const minimumMinor = minimumOf(settings, currency);
    const nextTime = schedule?.next_time ?? null;
    // Nothing comes in until then, so all that is there has aged by the days that lie between.
    const leastMinor = Math.max(minimumMinor, schedule?.threshold_minor ?? 0, 1);
    const holdMs = settings.payout.holdDays * 86_400_000;
    const estimateMinor =
      nextTime !== null && nextTime.getTime() - clock().getTime() >= holdMs ? availableMinor : payableMinor;
    return {
      ownerKind: owner.kind,
      ownerId: idFromUuid(owner.kind, owner.id),
      currency,
      cadence: schedule?.cadence ?? 'manual',
      weekday: schedule?.weekday ?? null,
      thresholdMinor: schedule?.threshold_minor ?? 0,
      cadences: settings.payout.cadences,
      nextTime: nextTime?.toISOString() ?? null,
      payableMinor,
      tooNewMinor: Math.max(availableMinor - payableMinor, 0),
      minimumMinor,
      estimateMinor: nextTime !== null && estimateMinor >= leastMinor ? estimateMinor : 0,
      account: account === undefined ? null : payoutAccountFrom(account),
      hindrance: hindranceOf(account && { state: account.state, usableTime: account.usable_time }, clock()) ?? null,
    };
  }
}

/** An owner whose money is paid out. @throws STORE_ACCOUNT_NOT_FOUND */
function requirePayouts(owner: PayoutOwner): PayoutOwner {
  if (!hasPayouts(owner.kind)) throw errors.STORE_ACCOUNT_NOT_FOUND({});
  return owner;
}

/** A schedule as its rule reads it. */
export function scheduleOf({ cadence, weekday }: Pick<PayoutScheduleRow, 'cadence' | 'weekday'>): PayoutSchedule {
  return cadence === 'weekly' ? { cadence, weekday: weekday ?? 1 } : { cadence };
}

/** @throws PAYOUT_NOT_FOUND */
export async function requirePayout(tx: Transaction, payoutId: string): Promise<PayoutRow> {
  const payout = await findPayout(tx, tx.marketplaceId, payoutId);
  if (payout === undefined) throw errors.PAYOUT_NOT_FOUND({});
  return payout;
}

/** The payout as it is now, if it is where it was to be brought. @throws PAYOUT_STATE_CLOSED when it went elsewhere */
export async function requireStateOf(
  tx: Transaction,
  payout: PayoutRow,
  state: PayoutRow['state'],
): Promise<PayoutRow> {
  const now = await requirePayout(tx, payout.id);
  if (now.state !== state) throw errors.PAYOUT_STATE_CLOSED({ state: now.state });
  return now;
}
