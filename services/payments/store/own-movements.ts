import { type Currency, firstUuidOf } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { OwnMovement, Subject } from '../domain/reconciliation.ts';
import { cashMovements } from './cash.ts';
import { chargebackMovements } from './chargeback-movements.ts';
import type { Stretch } from './reconciliation.ts';

/** Ids begin with a time (UUID version 7): payments and refunds are looked for among those begun this long before. */
const BEGUN_DAYS_MAX = 7;

/** What our books say moved through a provider in this time. */
export async function movementsIn(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  { from, to }: Stretch,
): Promise<KnownMovement[]> {
  const earliest = firstUuidOf(new Date(from.getTime() - BEGUN_DAYS_MAX * 86_400_000));
  const rows = await queries.rows<MovementRow>(sql`
    select ${PAYMENT_MOVEMENT} from payments.payment
    where marketplace_id = ${marketplaceId} and id >= ${earliest}::uuid and id < ${firstUuidOf(to)}::uuid and provider = ${provider}
      and captured_time >= ${from} and captured_time < ${to} and amount_minor > wallet_minor and method_kind <> 'cash'
    union all
    ${cashMovements(marketplaceId, provider, sql`h.collected_time >= ${from} and h.collected_time < ${to}`)}
    union all
    select ${REFUND_MOVEMENT} from payments.refund r join payments.payment p on p.marketplace_id = r.marketplace_id and p.id = r.payment_id
    where r.marketplace_id = ${marketplaceId} and r.id >= ${earliest}::uuid and r.id < ${firstUuidOf(to)}::uuid
      and r.created_time >= ${from} and r.created_time < ${to}
      and p.provider = ${provider} and r.state = 'succeeded' and r.origin <> 'chargeback' and r.amount_minor > r.wallet_minor
    union all
    ${chargebackMovements(marketplaceId, provider, { from, to })}`);
  return rows.map(movementFrom);
}

/**
 * What our books say of movements that a provider named, whenever they were. A payment that was not captured here is
 * answered with an amount of 0. A refund whose answer was lost is found by our own id of it.
 */
export async function movementsNamed(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  named: {
    readonly payments: readonly string[];
    readonly refunds: readonly string[];
    readonly refundIds: readonly string[];
  },
): Promise<KnownMovement[]> {
  // The simulated provider's names of payments and refunds are our own ids, which are not indexed as references.
  const isOwnIds = provider === 'simulated';
  const byName = isOwnIds
    ? sql`id = any(${named.payments.filter(isUuid)}::uuid[])`
    : sql`provider_reference = any(${named.payments}::text[]) and provider_reference <> '' and provider not in ('simulated', 'none')`;
  const refundIds = [...named.refundIds, ...named.refunds].filter(isUuid);
  const rows = await queries.rows<MovementRow>(sql`
    select ${PAYMENT_MOVEMENT} from payments.payment where marketplace_id = ${marketplaceId} and provider = ${provider} and ${byName} and method_kind <> 'cash'
    union all
    ${cashMovements(marketplaceId, provider, sql`h.group_id = any(${named.payments.filter(isUuid)}::uuid[])`)}
    union all
    select ${REFUND_MOVEMENT} from payments.refund r join payments.payment p on p.marketplace_id = r.marketplace_id and p.id = r.payment_id
    where r.marketplace_id = ${marketplaceId} and p.provider = ${provider} and r.state in ('pending', 'succeeded') and r.origin <> 'chargeback' and r.id in (
      select id from payments.refund where marketplace_id = ${marketplaceId} and provider_reference = any(${named.refunds}::text[])
      union select id from payments.refund where marketplace_id = ${marketplaceId} and id = any(${refundIds}::uuid[]))`);
  return rows.map(movementFrom);
}

/** A movement with the UUID of the payment or refund that it is. */
export type KnownMovement = OwnMovement & { readonly id: string };

type MovementRow = {
  id: string;
  subject: Subject;
  reference: string;
  payment_id: string;
  amount_minor: number;
  currency: Currency;
};
// What a wallet paid, or got back, did not move at the provider.
const PAYMENT_MOVEMENT = sql`'payment' as subject, case provider when 'simulated' then id::text else provider_reference end as reference,
  id, id as payment_id, case when captured_time is null then 0 else amount_minor - wallet_minor end as amount_minor, currency`;
const REFUND_MOVEMENT = sql`'refund' as subject, coalesce(r.provider_reference, r.id::text) as reference, r.id, r.payment_id,
  r.wallet_minor - r.amount_minor as amount_minor, r.currency`;

function movementFrom(row: MovementRow): KnownMovement {
  const { id, subject, reference, currency } = row;
  return { id, subject, reference, paymentId: row.payment_id, amountMinor: row.amount_minor, currency };
}

/** What corrections have booked of the movements of a day, or of those named, as if they were movements. */
export async function correctedMovements(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  day: string,
  references: readonly string[],
): Promise<OwnMovement[]> {
  const rows = await queries.rows<MovementRow>(sql`
    select id, subject, reference, payment_id, corrected_minor as amount_minor, currency from payments.reconciliation_difference
    where marketplace_id = ${marketplaceId} and provider = ${provider} and corrected_minor <> 0
      and (day = ${day}::date or reference = any(${references}::text[]))`);
  return rows.map(movementFrom);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
