import { type Currency, idFromUuid, idOfCursor, type Money, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Bearer, Chargeback, ChargebackState } from '../contract.ts';

/** What a provider tells of a chargeback. */
export type ToldChargebackRow = {
  readonly provider: string;
  readonly reference: string;
  readonly paymentId: string;
  readonly state: ChargebackState;
  readonly amount: Money;
  readonly reason: string;
  readonly evidenceDueTime: Date | null;
};

export type ChargebackRow = {
  id: string;
  provider: string;
  reference: string;
  payment_id: string;
  state: ChargebackState;
  amount_minor: number;
  fee_minor: number;
  taken_minor: number;
  currency: Currency;
  reason: string;
  evidence_due_time: Date | null;
  ruling: Bearer | null;
  ruling_reason: string | null;
  evidence_text: string | null;
  evidence_sent_by: 'plaza' | 'hand' | null;
  evidence_time: Date | null;
  decided_time: Date | null;
  settled_time: Date | null;
  created_time: Date;
};

export type ChargebackPartRow = {
  chargeback_id: string;
  group_id: string | null;
  bearer: Bearer;
  amount_minor: number;
  fee_minor: number;
};

const COLUMNS = sql`id, provider, reference, payment_id, state, amount_minor, fee_minor, taken_minor, currency, reason, evidence_due_time,
  ruling, ruling_reason, evidence_text, evidence_sent_by, evidence_time, decided_time, settled_time, created_time`;

/**
 * The chargeback that a provider tells of, locked until the transaction ends; `isNew` when this is the first news of it.
 * Of two that tell of it at once, the second waits for the first.
 */
export async function lockToldChargeback(
  tx: Transaction,
  told: ToldChargebackRow,
  id: string,
  now: Date,
): Promise<{ row: ChargebackRow; isNew: boolean }> {
  const inserted = await tx.row<ChargebackRow>(sql`
    insert into payments.chargeback (marketplace_id, id, provider, reference, payment_id, state, amount_minor, currency, reason,
      evidence_due_time, created_time)
    values (${tx.marketplaceId}, ${id}, ${told.provider}, ${told.reference}, ${told.paymentId}, 'opened', ${told.amount.amountMinor},
      ${told.amount.currency}, ${told.reason}, ${told.evidenceDueTime}, ${now})
    on conflict (marketplace_id, provider, reference) do nothing returning ${COLUMNS}`);
  if (inserted !== undefined) return { row: inserted, isNew: true };
  const row = await tx.one<ChargebackRow>(sql`
    select ${COLUMNS} from payments.chargeback
    where marketplace_id = ${tx.marketplaceId} and provider = ${told.provider} and reference = ${told.reference} for update`);
  return { row, isNew: false };
}

/** A chargeback, locked until the transaction ends. */
export async function lockChargeback(tx: Transaction, id: string): Promise<ChargebackRow | undefined> {
  return tx.row<ChargebackRow>(
    sql`select ${COLUMNS} from payments.chargeback where marketplace_id = ${tx.marketplaceId} and id = ${id} for update`,
  );
}

export async function findChargeback(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<ChargebackRow | undefined> {
  return queries.row<ChargebackRow>(
    sql`select ${COLUMNS} from payments.chargeback where marketplace_id = ${marketplaceId} and id = ${id}`,
  );
}

/** Writes what a provider told, once it is in the books. */
export async function followChargeback(
  tx: Transaction,
  id: string,
  next: { state: ChargebackState; takenMinor: number; feeMinor: number; evidenceDueTime: Date | null; now: Date },
): Promise<ChargebackRow> {
  return tx.one<ChargebackRow>(sql`
    update payments.chargeback set state = ${next.state}, taken_minor = ${next.takenMinor}, fee_minor = ${next.feeMinor},
      evidence_due_time = coalesce(${next.evidenceDueTime}, evidence_due_time),
      decided_time = ${next.state === 'opened' ? null : next.now}
    where marketplace_id = ${tx.marketplaceId} and id = ${id} returning ${COLUMNS}`);
}

export async function ruleOnChargeback(
  tx: Transaction,
  id: string,
  { bearer, reason }: { bearer: Bearer; reason: string },
): Promise<void> {
  await tx.execute(sql`
    update payments.chargeback set ruling = ${bearer}, ruling_reason = ${reason}
    where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}

export async function noteEvidence(
  tx: Transaction,
  id: string,
  { text, sentBy, now }: { text: string; sentBy: 'plaza' | 'hand'; now: Date },
): Promise<void> {
  await tx.execute(sql`
    update payments.chargeback set evidence_text = ${text}, evidence_sent_by = ${sentBy}, evidence_time = ${now}
    where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}

/** Writes who bore a lost chargeback; it is settled by that. */
export async function settleChargebackRow(
  tx: Transaction,
  id: string,
  parts: readonly Omit<ChargebackPartRow, 'chargeback_id'>[],
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into payments.chargeback_part (marketplace_id, chargeback_id, position, group_id, bearer, amount_minor, fee_minor)
    select ${tx.marketplaceId}, ${id}, position, group_id, bearer, amount_minor, fee_minor
    from jsonb_to_recordset(${JSON.stringify(parts.map((part, position) => ({ ...part, position })))}::jsonb)
      as p(position int, group_id uuid, bearer text, amount_minor bigint, fee_minor bigint)`);
  await tx.execute(sql`
    update payments.chargeback set settled_time = ${now} where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}

/** Turns what the buyer paid of a hold into the platform's: the bank gave it back to the buyer, and the seller keeps it. */
export async function bearHold(tx: Transaction, groupId: string, amountMinor: number): Promise<void> {
  await tx.execute(sql`
    update payments.hold set buyer_left_minor = buyer_left_minor - ${amountMinor}, funded_left_minor = funded_left_minor + ${amountMinor},
      borne_minor = borne_minor + ${amountMinor}
    where marketplace_id = ${tx.marketplaceId} and group_id = ${groupId}`);
}

/**
 * Whether a bank has a claim on a payment that is not decided, or not settled: its holds stay where they are. `ofMoney`: only
 * claims for which the provider has taken money; a refund may still end an inquiry.
 */
export async function isContested(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
  { ofMoney }: { ofMoney: boolean },
): Promise<boolean> {
  const { is_contested: answer } = await queries.one<{ is_contested: boolean }>(sql`
    select exists (select from payments.chargeback
      where marketplace_id = ${marketplaceId} and payment_id = ${paymentId} and (not ${ofMoney} or taken_minor > 0)
        and (state = 'opened' or (state = 'lost' and settled_time is null))) as is_contested`);
  return answer;
}

type ListedRow = ChargebackRow & { order_id: string | null };

/** Chargebacks, newest first; `isOpen`: only those that wait for the bank or for whoever rules. */
export async function listChargebackRows(
  queries: Queries,
  marketplaceId: string,
  filter: { isOpen: boolean; limit: number; cursor?: string | undefined },
): Promise<{ items: ListedRow[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const rows = await queries.rows<ListedRow>(sql`
    select c.*, p.order_id from payments.chargeback c
    join payments.payment p on p.marketplace_id = c.marketplace_id and p.id = c.payment_id
    where c.marketplace_id = ${marketplaceId} ${before === null ? sql`` : sql`and c.id < ${before}::uuid`}
      ${filter.isOpen ? sql`and (c.state = 'opened' or (c.state = 'lost' and c.settled_time is null))` : sql``}
    order by c.id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id]);
}

/** Who bore what of these chargebacks. */
export async function listChargebackParts(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
): Promise<ChargebackPartRow[]> {
  if (ids.length === 0) return [];
  return queries.rows<ChargebackPartRow>(sql`
    select chargeback_id, group_id, bearer, amount_minor, fee_minor from payments.chargeback_part
    where marketplace_id = ${marketplaceId} and chargeback_id = any(${[...ids]}::uuid[]) order by chargeback_id, position`);
}

export function chargebackFrom(
  row: ChargebackRow,
  more: { orderId: string | null; parts: readonly ChargebackPartRow[]; canSendEvidence: boolean },
): Chargeback {
  return {
    id: idFromUuid('chargeback', row.id),
    provider: row.provider,
    reference: row.reference,
    paymentId: idFromUuid('payment', row.payment_id),
    orderId: more.orderId === null ? null : idFromUuid('order', more.orderId),
    state: row.state,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    takenMinor: row.taken_minor,
    feeMinor: row.fee_minor,
    reason: row.reason,
    evidenceDueTime: row.evidence_due_time?.toISOString() ?? null,
    evidence:
      row.evidence_text === null || row.evidence_sent_by === null || row.evidence_time === null
        ? null
        : { text: row.evidence_text, sentBy: row.evidence_sent_by, time: row.evidence_time.toISOString() },
    canSendEvidence: more.canSendEvidence,
    ruling: row.ruling === null ? null : { bearer: row.ruling, reason: row.ruling_reason ?? '' },
    isSettled: row.settled_time !== null,
    parts: more.parts.map((part) => ({
      groupId: part.group_id === null ? null : idFromUuid('shipmentGroup', part.group_id),
      bearer: part.bearer,
      amountMinor: part.amount_minor,
      feeMinor: part.fee_minor,
    })),
    createdTime: row.created_time.toISOString(),
    decidedTime: row.decided_time?.toISOString() ?? null,
  };
}

/** What is known of a payment's chargebacks by one provider: the one that is open, and how much was lost by others. */
export async function sumChargebacks(
  tx: Transaction,
  provider: string,
  paymentId: string,
): Promise<{ open: Pick<ChargebackRow, 'reference' | 'ruling'> | undefined; lostMinor: number }> {
  const rows = await tx.rows<Pick<ChargebackRow, 'reference' | 'ruling' | 'state' | 'amount_minor'>>(sql`
    select reference, ruling, state, amount_minor from payments.chargeback
    where marketplace_id = ${tx.marketplaceId} and provider = ${provider} and payment_id = ${paymentId}`);
  return {
    open: rows.find(({ state }) => state === 'opened'),
    lostMinor: rows.reduce((sum, row) => sum + (row.state === 'lost' ? row.amount_minor : 0), 0),
  };
}
