import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { LineRefund } from '../domain/line-refund.ts';

/** Writes of which lines a refund is. */
export async function insertLineRefunds(
  queries: Queries,
  marketplaceId: string,
  refund: {
    refundId: string;
    groupId: string;
    items: readonly (LineRefund & { isRestocked: boolean })[];
    time: Date;
  },
): Promise<void> {
  const rows = refund.items.map(({ lineId, quantity, amountMinor, isRestocked }, position) => ({
    position,
    line_id: lineId === null ? null : uuidFromId(lineId),
    quantity,
    amount_minor: amountMinor,
    is_restocked: isRestocked,
  }));
  await queries.execute(sql`
    insert into orders.line_refund (marketplace_id, refund_id, position, group_id, line_id, quantity, amount_minor, is_restocked, time)
    select ${marketplaceId}, ${uuidFromId(refund.refundId)}, position, ${uuidFromId(refund.groupId)}, line_id, quantity, amount_minor, is_restocked, ${refund.time}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(position int, line_id uuid, quantity int, amount_minor bigint, is_restocked boolean)`);
}

/** Of which lines one refund of a group is, and how many units of each went back before it; none when it was of an amount. */
export async function linesOfRefund(
  queries: Queries,
  marketplaceId: string,
  { groupId, refundId }: { readonly groupId: string; readonly refundId: string },
): Promise<(LineRefund & { readonly unitsBefore: number })[]> {
  const rows = await queries.rows<{
    line_id: string | null;
    quantity: number;
    amount_minor: number;
    before: number;
  }>(sql`
    select line_id, quantity, amount_minor, before from (
      select refund_id, position, line_id, quantity, amount_minor,
        (sum(quantity) over (partition by line_id order by time, refund_id, position) - quantity)::int as before
      from orders.line_refund where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)}
    ) as line where refund_id = ${uuidFromId(refundId)} order by position`);
  return rows.map((row) => ({ ...lineRefundFrom(row), unitsBefore: row.before }));
}

/** What was given back of the lines of a group, the oldest first. */
export async function listLineRefunds(queries: Queries, marketplaceId: string, groupId: string): Promise<LineRefund[]> {
  const rows = await queries.rows<{ line_id: string | null; quantity: number; amount_minor: number }>(sql`
    select line_id, quantity, amount_minor from orders.line_refund
    where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)} order by time, refund_id, position`);
  return rows.map(lineRefundFrom);
}

function lineRefundFrom(row: { line_id: string | null; quantity: number; amount_minor: number }): LineRefund {
  return {
    lineId: row.line_id === null ? null : idFromUuid('orderLine', row.line_id),
    quantity: row.quantity,
    amountMinor: row.amount_minor,
  };
}
