import {
  type Context,
  commonErrors,
  type Handlers,
  hasRole,
  idFromUuid,
  invalidInput,
  newId,
  requireMember,
} from '@plaza/kernel';
import { inTransaction, type Queries } from '@plaza/runtime';
import { type Return, type ReturnSummary, returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { type GroupRecord, type OrderRecord, returnTime } from '../domain/order.ts';
import { dueAction, initialState, type Process } from '../domain/process/process.ts';
import { isContestedIn, type ReturnRecord, returnView } from '../domain/return.ts';
import { errors } from '../errors.ts';
import { returnMoved } from '../events.ts';
import { listLineRefunds } from '../store/line-refund.ts';
import { addTimelineEntry, lockGroup, setGroupClock } from '../store/order.ts';
import {
  findReturnGroup,
  insertReturn,
  listReturnRows,
  listWaitingReturns,
  type ReturnSummaryRow,
} from '../store/return.ts';
import { openGroup } from './disputes.ts';
import { requireOwnFiles, showFiles } from './evidence-files.ts';
import { requireLeft } from './give-back-lines.ts';
import { eventFace } from './move-group.ts';
import { moveReturn } from './move-return.ts';
import { openOrder, partiesOf } from './open-order.ts';
import { runEffectsSoon } from './run-effects.ts';

type Operations = Pick<
  Handlers<typeof returnOperations>,
  'createReturn' | 'listReturns' | 'takeReturnAction' | 'listContestedReturns' | 'listStoreReturns'
>;

/** Goods that come back: asked for by the buyer, moved by both sides, looked at by whoever decides. */
export function returns(dependencies: SellingDependencies): Operations {
  const { database, processes, clock } = dependencies;

  /** Returns of one order as the caller sees them, from one look at the order. */
  const shown = async (
    queries: Queries,
    order: OrderRecord,
    records: readonly ReturnRecord[],
    context: Context,
  ): Promise<Return[]> => {
    const filesOf = await showFiles(
      dependencies,
      records.flatMap(({ assetIds }) => assetIds),
      context,
    );
    return Promise.all(
      records.map(async (record) => {
        const group = order.groups.find(({ id }) => id === record.groupId) as GroupRecord;
        return returnView(record, {
          order,
          group,
          process: await processOf(queries, record, context),
          parties: partiesOf(context, order, group),
          files: filesOf(record.assetIds),
        });
      }),
    );
  };
  const processOf = (
    queries: Queries,
    { processName, processVersion }: Pick<ReturnRecord, 'processName' | 'processVersion'>,
    { marketplaceId }: Context,
  ): Promise<Process> => processes.version(queries, marketplaceId, processName, processVersion);

  const summaries = async (
    queries: Queries,
    page: { items: ReturnSummaryRow[]; nextCursor: string | null },
    context: Context,
  ) => ({
    items: await Promise.all(
      page.items.map(async (row): Promise<ReturnSummary> => {
        const version = { processName: row.process_name, processVersion: row.process_version };
        const process = await processOf(queries, version, context);
        return {
          id: idFromUuid('return', row.id),
          orderId: idFromUuid('order', row.order_id),
          groupId: idFromUuid('shipmentGroup', row.group_id),
          number: row.number,
          storeName: row.store_name,
          title: row.title,
          state: row.state,
          stateLabel: process.states[row.state]?.label ?? { en: row.state },
          reason: row.reason,
          createdTime: row.created_time.toISOString(),
        };
      }),
    ),
    nextCursor: page.nextCursor,
  });

  return {
    createReturn: inTransaction(database, returnOperations.createReturn, async ({ input, context, tx }) => {
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
      const [answer] = await shown(tx, order, [record], context);
      return answer as Return;
    }),
    listReturns: async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const order = await openOrder(queries, input.orderId, context);
      const groupIds = order.groups.filter((each) => partiesOf(context, order, each).length > 0).map(({ id }) => id);
      const which = { orderId: order.id, groupIds, cursor: input.cursor, limit: input.limit };
      const page = await listReturnRows(queries, marketplaceId, which);
      return { items: await shown(queries, order, page.items, context), nextCursor: page.nextCursor };
    },
    takeReturnAction: inTransaction(database, returnOperations.takeReturnAction, async ({ input, context, tx }) => {
      const { marketplaceId } = tx;
      const order = await openOrder(tx, input.orderId, context);
      const groupId = await findReturnGroup(tx, marketplaceId, input.returnId);
      const group = order.groups.find(({ id }) => id === groupId);
      if (group === undefined) throw errors.RETURN_NOT_FOUND({});
      const { returnId, action, ...entered } = input;
      const parties = partiesOf(context, order, group);
      if (parties.length === 0) throw errors.RETURN_NOT_FOUND({});
      const move = { returnId, groupId: group.id, action, entered, parties };
      const moved = await moveReturn(dependencies, tx, order, move, context);
      runEffectsSoon(dependencies, tx, group.id, context);
      const [answer] = await shown(tx, await openOrder(tx, order.id, context), [moved], context);
      return answer as Return;
    }),
    listContestedReturns: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const page = await listWaitingReturns(queries, context.marketplaceId, { isContested: true }, pageOf(input));
      return summaries(queries, page, context);
    },
    listStoreReturns: async ({ input, context }) => {
      const { memberId } = requireMember(context);
      const queries = database.read(context.marketplaceId);
      const sellerMemberId = hasRole(context, 'moderator', 'admin') ? null : memberId;
      const which = { storeId: input.storeId, sellerMemberId };
      return summaries(
        queries,
        await listWaitingReturns(queries, context.marketplaceId, which, pageOf(input)),
        context,
      );
    },
  };
}

function pageOf({ cursor, limit }: { cursor?: string | undefined; limit: number }) {
  return { cursor, limit };
}

/** Only what was shipped can be sent back. */
function requireGoods({ quote }: GroupRecord, lines: readonly { lineId: string }[]): void {
  const wrong = lines.findIndex(({ lineId }) => quote.lines.find((each) => each.lineId === lineId)?.kind === 'digital');
  if (wrong >= 0)
    throw invalidInput([
      { pointer: `/lines/${wrong}/lineId`, code: 'digital', detail: 'is nothing that can be sent back' },
    ]);
}
