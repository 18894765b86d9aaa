import { type Context, idFromUuid } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { Return, ReturnSummary } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import type { GroupRecord, OrderRecord } from '../domain/order.ts';
import type { Process } from '../domain/process/process.ts';
import { type ReturnRecord, returnView } from '../domain/return.ts';
import type { ReturnSummaryRow } from '../store/return.ts';
import { showFiles } from './evidence-files.ts';
import { partiesOf } from './open-order.ts';

/** Returns of one order as the caller sees them, from one look at the order. */
export async function showReturns(
  dependencies: SellingDependencies,
  queries: Queries,
  order: OrderRecord,
  records: readonly ReturnRecord[],
  context: Context,
): Promise<Return[]> {
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
        process: await processOf(dependencies, queries, record, context),
        parties: partiesOf(context, order, group),
        files: filesOf(record.assetIds),
      });
    }),
  );
}

/** A page of returns of many orders, each in short. */
export async function summarizeReturns(
  dependencies: SellingDependencies,
  queries: Queries,
  { items, nextCursor }: { items: ReturnSummaryRow[]; nextCursor: string | null },
  context: Context,
): Promise<{ items: ReturnSummary[]; nextCursor: string | null }> {
  const summary = async (row: ReturnSummaryRow): Promise<ReturnSummary> => {
    const version = { processName: row.process_name, processVersion: row.process_version };
    const process = await processOf(dependencies, queries, version, context);
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
  };
  return { items: await Promise.all(items.map(summary)), nextCursor };
}

function processOf(
  { processes }: SellingDependencies,
  queries: Queries,
  { processName, processVersion }: Pick<ReturnRecord, 'processName' | 'processVersion'>,
  { marketplaceId }: Context,
): Promise<Process> {
  return processes.version(queries, marketplaceId, processName, processVersion);
}
