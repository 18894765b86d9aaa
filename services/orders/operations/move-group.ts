import { type Context, type Id, invalidInput, money, newId } from '@plaza/kernel';
import type { RefundTo } from '@plaza/payments/contract';
import type { Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from '../domain/order.ts';
import {
  availableActions,
  dueAction,
  type Party,
  type PlainEffect,
  type Transition,
  take,
} from '../domain/process/process.ts';
import { type RulingRecord, rulingOf, settlementOf } from '../domain/ruling.ts';
import { isContested } from '../domain/waiting.ts';
import { errors } from '../errors.ts';
import { orderMoved, orderRefunded } from '../events.ts';
import { addEffects, type EffectInput } from '../store/effect.ts';
import { addTimelineEntry, lockGroup, moveGroup } from '../store/group.ts';

export type Entered = {
  readonly carrier?: string | undefined;
  readonly trackingNumber?: string | undefined;
  readonly reason?: string | undefined;
  readonly proof?: string | undefined;
  readonly refundTo?: RefundTo | undefined;
  readonly refundMinor?: number | undefined;
};
export type Move = {
  readonly groupId: Id<'shipmentGroup'>;
  readonly action: string;
  readonly entered: Entered;
  readonly parties: readonly Party[];
};

/**
 * Takes an action on a group as its process says: checks that one of the caller's parties may, writes the new state, the
 * timeline, the clock and what is set off, and announces it, all in one transaction under the group's lock.
 */
export async function moveGroupBy(
  { processes, marketplaces, clock }: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  { groupId, action, entered, parties }: Move,
  context: Context,
): Promise<GroupRecord> {
  const { marketplaceId } = tx;
  const group = await lockGroup(tx, marketplaceId, groupId);
  if (group === undefined || group.orderId !== order.id) throw errors.ORDER_NOT_FOUND({});
  const process = await processes.version(tx, marketplaceId, group.processName, group.processVersion);
  const party = parties.find((each) => take(process, group.state, action, each) !== undefined);
  const step = party === undefined ? undefined : take(process, group.state, action, party);
  if (party === undefined || step === undefined) {
    const available = parties.flatMap((each) => availableActions(process, group.state, each).map(({ name }) => name));
    throw errors.ACTION_NOT_ALLOWED({ state: group.state, action, available: [...new Set(available)] });
  }
  const transition = process.transitions.find(
    (each) => each.name === action && each.from.includes(group.state) && each.by.includes(party),
  ) as Transition;
  const details = detailsOf(transition, entered, party);
  const now = clock();
  const ruling = ruledBy(transition, group, entered);
  const { refundMinor, effects } = setOff(transition, group, ruling);
  const isRefund = effects.includes('refund') && refundMinor > 0;
  // What the buyer paid nothing for goes back to the platform, whose discount paid: its seller has nothing of it either.
  const isOfPlatform = effects.includes('refund') && group.quote.platformFundedMinor > 0;
  const due = step.isFinal ? null : dueAction(process, step.to, now);
  await moveGroup(
    tx,
    marketplaceId,
    groupId,
    {
      state: step.to,
      isFinal: step.isFinal,
      dueAction: due?.action ?? null,
      dueTime: due?.dueTime ?? null,
      refundedMinor: group.refundedMinor + refundMinor,
      ruling,
      disputeTime: process.states[step.to]?.evidenceHours === undefined ? null : now,
      carrier: details.carrier ?? null,
      trackingNumber: details.trackingNumber ?? null,
    },
    now,
  );
  const memberId = context.actor.kind === 'member' ? context.actor.memberId : null;
  await addTimelineEntry(tx, marketplaceId, groupId, {
    action,
    party,
    memberId,
    details: isRefund || isOfPlatform ? { ...details, amountMinor: String(refundMinor) } : details,
    time: now,
  });
  const to = refundTarget({ marketplaces }, tx, order, entered.refundTo);
  const inputs = effects.map((kind) => ({ kind, input: inputOf(kind, refundMinor, details, to) }));
  if (inputs.length > 0) await addEffects(tx, marketplaceId, groupId, inputs, now);
  const face = eventFace(order, group, step.to);
  await tx.announce(orderMoved, order.id, { ...face, action, by: party, isFinal: step.isFinal, details });
  if (isRefund)
    await tx.announce(orderRefunded, order.id, {
      ...face,
      refunded: money(refundMinor, order.currency),
      reason: details.reason ?? action,
      isWaiting: isContested(order.chargebacks),
    });
  if (party === 'operator')
    await tx.audit({ action: `order.${action}`, subject: order.id, actor: context.actor, details });
  return group;
}

/** The ruling in force after this step; null while there is none. */
function ruledBy({ ruling }: Transition, group: GroupRecord, { refundMinor = 0 }: Entered): RulingRecord | null {
  if (ruling === undefined) return group.ruling;
  const left = leftMinor(group);
  if (ruling === 'split' && refundMinor >= left)
    throw invalidInput([{ pointer: '/refundMinor', code: 'too_big', detail: `must be less than the ${left} left` }]);
  return rulingOf(ruling, left, refundMinor);
}

/** What a step sets off, and how much goes back to the buyer with it. `settle` becomes what the ruling says. */
function setOff(
  { effects }: Transition,
  group: GroupRecord,
  ruling: RulingRecord | null,
): { refundMinor: number; effects: readonly PlainEffect[] } {
  const left = leftMinor(group);
  const settled = ruling === null ? undefined : settlementOf(ruling, left);
  const plain = effects.flatMap((kind) => (kind === 'settle' ? (settled?.effects ?? []) : [kind]));
  const refundMinor = effects.includes('settle') ? (settled?.refundMinor ?? 0) : left;
  return { refundMinor: plain.includes('refund') ? refundMinor : 0, effects: plain };
}

function inputOf(
  kind: PlainEffect,
  refundMinor: number,
  { reason = '', proof }: Readonly<Record<string, string>>,
  to: Pick<EffectInput, 'to'>,
): EffectInput {
  if (kind === 'collect') return proof === undefined ? {} : { proof };
  return kind === 'refund' ? { refundId: newId('refund'), amountMinor: refundMinor, reason, ...to } : {};
}

/** Where a refund of an order goes, for its effect: to a wallet only if the marketplace has them and a member bought. */
export function refundTarget(
  { marketplaces }: Pick<SellingDependencies, 'marketplaces'>,
  { marketplaceId }: Transaction,
  { buyerMemberId }: OrderRecord,
  to: RefundTo | undefined,
): Pick<EffectInput, 'to'> {
  if (to === undefined) return {};
  if (to === 'wallet' && (buyerMemberId === null || marketplaces.get(marketplaceId).wallet === undefined))
    throw invalidInput([
      { pointer: '/refundTo', code: 'wallet', detail: 'the buyer of this order has no wallet here' },
    ]);
  return { to };
}

/** What was entered, cut to what the action asks for; what it asks for and is missing is named. The clock enters nothing. */
export function detailsOf({ asks }: Pick<Transition, 'asks'>, entered: Entered, party: Party): Record<string, string> {
  const wanted = asks.filter((ask) => ask !== 'priceMinor' && ask !== 'restock');
  const missing = party === 'timer' ? [] : wanted.filter((ask) => entered[ask] === undefined);
  if (missing.length > 0)
    throw invalidInput(
      missing.map((ask) => ({ pointer: `/${ask}`, code: 'required', detail: `is asked for by this action` })),
    );
  return Object.fromEntries(wanted.flatMap((ask) => (entered[ask] === undefined ? [] : [[ask, String(entered[ask])]])));
}

/** What events say of a group. */
export function eventFace(order: OrderRecord, group: GroupRecord, state: string) {
  return {
    orderId: order.id,
    number: order.number,
    buyerMemberId: order.buyerMemberId,
    email: order.email,
    locale: order.locale,
    groupId: group.id,
    storeId: group.storeId,
    storeName: group.quote.storeName,
    sellerMemberId: group.sellerMemberId,
    state,
    version: group.version + 1,
  };
}
