import { commonErrors, type Handler, invalidInput, newId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { type Return, returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { type GroupRecord, returnTime } from '../domain/order.ts';
import { dueAction, initialState } from '../domain/process/process.ts';
import { isContestedIn, type ReturnRecord } from '../domain/return.ts';
import { errors } from '../errors.ts';
import { returnMoved } from '../events.ts';
import { addTimelineEntry, lockGroup, setGroupClock } from '../store/group.ts';
import { listLineRefunds } from '../store/line-refund.ts';
import { insertReturn } from '../store/return.ts';
import { openGroup } from './disputes.ts';
import { requireOwnFiles } from './evidence-files.ts';
import { requireLeft } from './give-back-lines.ts';
import { eventFace } from './move-group.ts';
import { partiesOf } from './open-order.ts';
import { showReturns } from './show-returns.ts';

/** The buyer asks to send goods back, in time; while the return is open, the sale's clock stands still. */
export function createReturn(dependencies: SellingDependencies): Handler<typeof returnOperations.createReturn> {
  const { database, processes, clock } = dependencies;
  return inTransaction(database, returnOperations.createReturn, async ({ input, context, tx }) => {
    const { marketplaceId } = tx;
    const { order } = await openGroup(tx, input, context);
    const locked = await lockGroup(tx, marketplaceId, input.groupId);
    if (locked === undefined) throw errors.ORDER_NOT_FOUND({});
    if (!partiesOf(context, order, locked).includes('buyer')) throw commonErrors.FORBIDDEN({});
    const group = { ...locked, lineRefunds: await listLineRefunds(tx, marketplaceId, locked.id) };
    const sale = await processes.version(tx, marketplaceId, group.processName, group.processVersion);
    const [now, until] = [clock(), returnTime(group, sale)];
    if (until === null || until < now || sale.returns === undefined)
      throw errors.RETURN_NOT_POSSIBLE({ state: group.state });
    requireGoods(group, input.lines);
    requireLeft(group, group.lineRefunds, { lines: input.lines, includesShipping: false });
    await requireOwnFiles(dependencies, input.assetIds, context);
    const { name, version, process } = processes.current(marketplaceId, sale.returns.process);
    const state = initialState(process);
    const due = dueAction(process, state, now);
    const record: ReturnRecord = {
      id: newId('return'),
      orderId: order.id,
      groupId: group.id,
      processName: name,
      processVersion: version,
      state,
      isFinal: false,
      isContested: isContestedIn(process, state),
      dueAction: due?.action ?? null,
      dueTime: due?.dueTime ?? null,
      lines: input.lines,
      reason: input.reason,
      assetIds: input.assetIds,
      carrier: null,
      trackingNumber: null,
      inspection: null,
      refundedMinor: null,
      saleState: group.state,
      clockLeftMs: group.dueTime === null ? null : Math.max(0, group.dueTime.getTime() - now.getTime()),
      history: [{ action: state, by: 'buyer', details: { reason: input.reason }, time: now.toISOString() }],
      version: 1,
      createdTime: now,
    };
    if (!(await insertReturn(tx, marketplaceId, record))) throw errors.RETURN_OPEN_ALREADY({});
    await setGroupClock(tx, marketplaceId, group.id, null);
    await addTimelineEntry(tx, marketplaceId, group.id, {
      action: 'returnAsked',
      party: 'buyer',
      memberId: context.actor.kind === 'member' ? context.actor.memberId : null,
      details: { reason: input.reason },
      time: now,
    });
    await tx.announce(returnMoved, order.id, {
      ...eventFace(order, group, group.state),
      returnId: record.id,
      action: state,
      by: 'buyer',
      returnState: state,
      isFinal: false,
      details: { reason: input.reason },
    });
    const [answer] = await showReturns(dependencies, tx, order, [record], context);
    return answer as Return;
  });
}

/** Only what was shipped can be sent back. */
function requireGoods({ quote }: GroupRecord, lines: readonly { lineId: string }[]): void {
  const wrong = lines.findIndex(({ lineId }) => quote.lines.find((each) => each.lineId === lineId)?.kind === 'digital');
  if (wrong >= 0)
    throw invalidInput([
      { pointer: `/lines/${wrong}/lineId`, code: 'digital', detail: 'is nothing that can be sent back' },
    ]);
}
