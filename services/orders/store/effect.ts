import { type Id, idFromUuid, newId, uuidFromId } from '@plaza/kernel';
import type { RefundParts, RefundTo } from '@plaza/payments/contract';
import { type Queries, sql } from '@plaza/runtime';
import type { PlainEffect } from '../domain/process/process.ts';

/** What an effect needs to be done, twice if it must. */
export type EffectInput = {
  readonly refundId?: Id<'refund'>;
  readonly amountMinor?: number;
  readonly reason?: string;
  readonly parts?: RefundParts;
  /** What goes back to stock under which name; all that was not given back by line, unless named. */
  readonly restockId?: string;
  readonly lines?: readonly { readonly variantId: Id<'variant'>; readonly quantity: number }[];
  /** Of cash that was collected. */
  readonly proof?: string;
  /** Where a refund goes; left out: to how it was paid. */
  readonly to?: RefundTo;
};

export type EffectRecord = {
  readonly id: string;
  readonly groupId: Id<'shipmentGroup'>;
  readonly kind: PlainEffect;
  readonly input: EffectInput;
};

/** Writes effects in order, due at once. */
export async function addEffects(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  effects: readonly { kind: PlainEffect; input: EffectInput }[],
  now: Date,
): Promise<void> {
  const rows = effects.map(({ kind, input }) => ({ id: uuidFromId(newId('event')), kind, input }));
  await queries.execute(sql`
    insert into orders.effect (marketplace_id, id, group_id, kind, input, due_time)
    select ${marketplaceId}, id, ${uuidFromId(groupId)}, kind, input, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, kind text, input jsonb)`);
}

/** The undone effects of a group in the order they were set off. */
export async function undoneEffects(
  queries: Queries,
  marketplaceId: string,
  groupId: Id<'shipmentGroup'>,
): Promise<EffectRecord[]> {
  const rows = await queries.rows<{ id: string; kind: PlainEffect; input: EffectInput }>(sql`
    select id, kind, input from orders.effect where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)} and due_time is not null order by id`);
  return rows.map((row) => ({ ...row, groupId }));
}

export async function markEffectDone(queries: Queries, marketplaceId: string, id: string): Promise<void> {
  await queries.execute(
    sql`update orders.effect set due_time = null where marketplace_id = ${marketplaceId} and id = ${id}`,
  );
}

/** Tried later; the wait doubles from two seconds up to ten minutes. */
export async function putOffEffect(queries: Queries, marketplaceId: string, id: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update orders.effect set attempts = attempts + 1, due_time = ${now}::timestamptz + least(600, 2 ^ least(attempts + 1, 10)) * interval '1 second'
    where marketplace_id = ${marketplaceId} and id = ${id} and due_time is not null`);
}

/** Groups with effects that are due: left by a killed process, or refused for a while. */
export async function groupsWithDueEffects(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<Id<'shipmentGroup'>[]> {
  const rows = await queries.rows<{ group_id: string }>(sql`
    select group_id from orders.effect where marketplace_id = ${marketplaceId} and due_time <= ${now} group by group_id order by min(due_time) limit ${limit}`);
  return rows.map((row) => idFromUuid('shipmentGroup', row.group_id));
}

/** Tries what waits of a group now: what stood in its way is gone. */
export async function hurryEffects(queries: Queries, marketplaceId: string, groupId: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update orders.effect set due_time = ${now} where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)} and due_time is not null`);
}
