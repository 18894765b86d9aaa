import { type Currency, decodeCursor, idFromUuid, pageFrom } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import { z } from 'zod';
import type { StatementLine } from '../contract.ts';

/** An account and a stretch of time: from a moment, the moment `to` no more. */
export type Period = {
  readonly accountId: string;
  readonly currency: Currency;
  readonly from: Date;
  readonly to: Date;
};

type Totals = { opening_minor: number; closing_minor: number; in_minor: number; out_minor: number; lines: number };

type LineRow = {
  id: string;
  kind: string;
  order_id: string | null;
  group_id: string | null;
  payout_id: string | null;
  stripe: number;
  version: number;
  amount_minor: number;
  balance_minor: number;
  created_time: Date;
  created_micros: number;
};

/**
 * What an account held at both ends of a period, and what moved in between: opening + in − out = closing, exactly, since
 * a period is a stretch of each balance's versions.
 */
export async function readTotals(queries: Queries, { accountId, from, to }: Period): Promise<Totals> {
  return queries.one<Totals>(sql`
    with part as (
      select b.stripe, payments.version_before(b.account_id, b.stripe, ${from}) as low, payments.version_before(b.account_id, b.stripe, ${to}) as high
      from payments.balance b where b.account_id = ${accountId}
    ), ended as (
      select coalesce(sum(o.balance_after_minor), 0)::bigint as opening_minor, coalesce(sum(c.balance_after_minor), 0)::bigint as closing_minor
      from part
      left join payments.entry o on o.account_id = ${accountId} and o.stripe = part.stripe and o.version = part.low
      left join payments.entry c on c.account_id = ${accountId} and c.stripe = part.stripe and c.version = part.high
    ), moved as (
      select coalesce(sum(greatest(e.amount_minor, 0)), 0)::bigint as in_minor, coalesce(sum(greatest(-e.amount_minor, 0)), 0)::bigint as out_minor,
        count(*) as lines
      from part join payments.entry e on e.account_id = ${accountId} and e.stripe = part.stripe and e.version > part.low and e.version <= part.high
    )
    select * from ended, moved`);
}

/** Microseconds since 1970, the stripe, and the version in it. */
const PlaceKeys = z.tuple([z.int(), z.int32(), z.int()]);
/** No stripe is below zero and no time before 1970. */
const BEFORE_EVERY_LINE = [0, -1, 0] as const;

/**
 * The lines of a period, the oldest first, each with the balance after it. An account kept in stripes is read as one:
 * its lines in the order of their times, its balance the sum over the stripes at that place.
 */
export async function listLines(
  queries: Queries,
  marketplaceId: string,
  { accountId, currency, from, to }: Period,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: StatementLine[]; nextCursor: string | null }> {
  const [micros, stripe, version] = decodeCursor(cursor, PlaceKeys) ?? BEFORE_EVERY_LINE;
  const moment = sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`;
  const rows = await queries.rows<LineRow>(sql`
    with part as (
      select b.stripe, payments.version_before(b.account_id, b.stripe, ${to}) as high, greatest(
        payments.version_before(b.account_id, b.stripe, ${from}),
        case when b.stripe = ${stripe}::int then ${version}::bigint
          when b.stripe < ${stripe}::int then payments.version_before(b.account_id, b.stripe, ${moment} + interval '1 microsecond')
          else payments.version_before(b.account_id, b.stripe, ${moment}) end
      ) as low
      from payments.balance b where b.account_id = ${accountId}
    ), before as (
      select coalesce(sum(e.balance_after_minor), 0) as balance_minor
      from part join payments.entry e on e.account_id = ${accountId} and e.stripe = part.stripe and e.version = part.low
    ), line as (
      select e.* from part cross join lateral (
        select stripe, version, transfer_id, amount_minor, created_time from payments.entry
        where account_id = ${accountId} and stripe = part.stripe and version > part.low and version <= part.high
        order by version limit ${limit + 1}
      ) e order by e.created_time, e.stripe, e.version limit ${limit + 1}
    )
    select t.id, t.kind, t.order_id, t.group_id, t.payout_id, line.stripe, line.version, line.amount_minor, line.created_time,
      (extract(epoch from line.created_time) * 1000000)::bigint as created_micros,
      (before.balance_minor + sum(line.amount_minor) over (order by line.created_time, line.stripe, line.version))::bigint as balance_minor
    from line cross join before join payments.transfer t on t.marketplace_id = ${marketplaceId} and t.id = line.transfer_id
    order by line.created_time, line.stripe, line.version`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.created_micros, row.stripe, row.version],
    (row) => ({
      transferId: idFromUuid('transfer', row.id),
      kind: row.kind,
      orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
      groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
      payoutId: row.payout_id === null ? null : idFromUuid('payout', row.payout_id),
      amount: { amountMinor: row.amount_minor, currency },
      balanceAfterMinor: row.balance_minor,
      createdTime: row.created_time.toISOString(),
    }),
  );
}
