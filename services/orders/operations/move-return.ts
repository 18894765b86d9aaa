import { type Context, type Id, invalidInput } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { isAllBack, isShippingLeft, stillLeft } from '../domain/line-refund.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from '../domain/order.ts';
import { availableActions, dueAction, type Party, type Transition, take } from '../domain/process/process.ts';
import { type Inspection, isContestedIn, type ReturnRecord } from '../domain/return.ts';
import { errors } from '../errors.ts';
import { returnMoved } from '../events.ts';
import { lockGroup, setGroupClock } from '../store/group.ts';
import { listLineRefunds } from '../store/line-refund.ts';
import { findOrder } from '../store/order.ts';
import { type DueReturn, lockReturn, saveReturn } from '../store/return.ts';
import { endGroup } from './end-group.ts';
import { giveBackLines } from './give-back-lines.ts';
import { detailsOf, type Entered, eventFace } from './move-group.ts';
import { runEffects } from './run-effects.ts';

export type ReturnMove = {
  readonly returnId: Id<'return'>;
  readonly groupId: Id<'shipmentGroup'>;
  readonly action: string;
  readonly entered: Entered & {
    readonly lines?: Inspection | undefined;
    readonly includesShipping?: boolean | undefined;
  };
  readonly parties: readonly Party[];
};

/**
 * Takes an action on a return as its process says, in one transaction under the locks of its group and itself: the new state
 * and clock, what goes back to the buyer and to stock, and, at its end, the sale's clock that had been stopped.
 */
export async function moveReturn(
  { processes, clock }: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  { returnId, groupId, action, entered, parties }: ReturnMove,
  context: Context,
): Promise<ReturnRecord> {
  const { marketplaceId } = tx;
  const group = await lockGroup(tx, marketplaceId, groupId);
  const record = await lockReturn(tx, marketplaceId, returnId);
  if (group === undefined || record?.groupId !== group.id || record.orderId !== order.id)
    throw errors.RETURN_NOT_FOUND({});
  const process = await processes.version(tx, marketplaceId, record.processName, record.processVersion);
  const party = parties.find((each) => take(process, record.state, action, each) !== undefined);
  const step = party === undefined ? undefined : take(process, record.state, action, party);
  if (party === undefined || step === undefined) {
    const available = parties.flatMap((each) => availableActions(process, record.state, each).map(({ name }) => name));
    throw errors.ACTION_NOT_ALLOWED({ state: record.state, action, available: [...new Set(available)] });
  }
  const transition = process.transitions.find(
    (each) => each.name === action && each.from.includes(record.state) && each.by.includes(party),
  ) as Transition;
  const details = detailsOf(transition, entered, party);
  const inspection = inspectionOf(transition, record, entered.lines);
  const now = clock();
  const memberId = context.actor.kind === 'member' ? context.actor.memberId : null;
  let refundedMinor: number | null = null;
  if (step.effects.includes('refund')) {
    const before = await listLineRefunds(tx, marketplaceId, group.id);
    const lines = stillLeft(group.quote, before, record.lines).map((line) => ({
      ...line,
      isRestocked: inspection?.find(({ lineId }) => lineId === line.lineId)?.isRestocked === true,
    }));
    const includesShipping = entered.includesShipping === true && isShippingLeft(group.quote, before);
    const { reason } = record;
    const given = { lines, includesShipping, reason, party, memberId, time: now };
    refundedMinor = (await giveBackLines(tx, order, group, given)).amountMinor;
  }
  const due = step.isFinal ? null : dueAction(process, step.to, now);
  const moved: ReturnRecord = {
    ...record,
    state: step.to,
    isFinal: step.isFinal,
    isContested: isContestedIn(process, step.to),
    dueAction: due?.action ?? null,
    dueTime: due?.dueTime ?? null,
    carrier: details.carrier ?? record.carrier,
    trackingNumber: details.trackingNumber ?? record.trackingNumber,
    inspection: inspection ?? record.inspection,
    refundedMinor: refundedMinor ?? record.refundedMinor,
    history: [...record.history, { action, by: party, details, time: now.toISOString() }],
    version: record.version + 1,
  };
  await saveReturn(tx, marketplaceId, moved);
  if (moved.isFinal) await resumeSale(tx, order, moved, party, now);
  await tx.announce(returnMoved, order.id, {
    ...eventFace(order, group, group.state),
    returnId: record.id,
    action,
    by: party,
    returnState: step.to,
    isFinal: step.isFinal,
    details,
  });
  if (party === 'operator')
    await tx.audit({ action: `return.${action}`, subject: record.id, actor: context.actor, details });
  return moved;
}

/** What the seller found, where it is asked for: of each line that came back, once. */
function inspectionOf(
  { asks }: Pick<Transition, 'asks'>,
  { lines }: ReturnRecord,
  found: Inspection | undefined,
): Inspection | null {
  if (!asks.includes('restock')) return null;
  const missing = lines.findIndex(({ lineId }) => found?.filter((each) => each.lineId === lineId).length !== 1);
  if (found === undefined || missing >= 0)
    throw invalidInput([
      { pointer: '/lines', code: 'required', detail: 'say of each line, once, whether it goes back to stock' },
    ]);
  return lines.map(({ lineId }) => found.find((each) => each.lineId === lineId) as Inspection[number]);
}

/** The sale goes on with the time it had left, unless it has moved meanwhile; with nothing left of it, it ends. */
async function resumeSale(
  tx: Transaction,
  order: OrderRecord,
  { groupId, saleState, clockLeftMs }: ReturnRecord,
  party: Party,
  now: Date,
): Promise<void> {
  const group = (await lockGroup(tx, tx.marketplaceId, groupId)) as GroupRecord;
  if (group.isFinal) return;
  if (leftMinor(group) === 0 && !(await isPaidByPlatform(tx, group))) {
    const { refundedMinor } = group;
    const end = {
      state: 'returned',
      party,
      refundedMinor,
      details: {},
      effects: ['revokeLicense'],
      time: now,
    } as const;
    return endGroup(tx, order, group, end);
  }
  if (group.state !== saleState || group.dueTime !== null || clockLeftMs === null) return;
  await setGroupClock(tx, tx.marketplaceId, groupId, new Date(now.getTime() + clockLeftMs));
}

/** Whether units are left of it that the buyer paid nothing for, or nothing any more, and the platform's discount did. */
async function isPaidByPlatform(tx: Transaction, { id, quote }: GroupRecord): Promise<boolean> {
  return quote.platformFundedMinor > 0 && !isAllBack(quote, await listLineRefunds(tx, tx.marketplaceId, id));
}

/** What the clock does to a return that nobody answered. */
export async function moveReturnByClock(
  dependencies: SellingDependencies,
  { id, orderId, groupId, action }: DueReturn,
  context: Context,
): Promise<void> {
  await dependencies.database.transaction(context.marketplaceId, async (tx) => {
    const { marketplaceId } = tx;
    const group = await lockGroup(tx, marketplaceId, groupId);
    const record = await lockReturn(tx, marketplaceId, id);
    // Asked again under the locks: somebody may have moved it since the list was read.
    if (group === undefined || record?.dueTime == null || record.dueTime > dependencies.clock()) return;
    const order = await findOrder(tx, marketplaceId, orderId);
    if (order === undefined) return;
    const move = { returnId: id, groupId, action, entered: {}, parties: ['timer'] } as const;
    await moveReturn(dependencies, tx, order, move, context);
  });
  await runEffects(dependencies, groupId, context);
}
