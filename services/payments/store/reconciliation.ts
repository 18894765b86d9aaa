import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Reconciliation, ReconciliationDifference } from '../contract.ts';
import { type Difference, kindOf, type Subject, type Totals } from '../domain/reconciliation.ts';

export type Stretch = { readonly from: Date; readonly to: Date };

/** The first moment of a day of this time zone, and the first behind it; the day before the one that `now` is in. */
export async function boundsOfDay(queries: Queries, day: string, timeZone: string): Promise<Stretch> {
  return queries.one<Stretch>(sql`
    select ${day}::date::timestamp at time zone ${timeZone} as "from", (${day}::date + 1)::timestamp at time zone ${timeZone} as "to"`);
}

export async function dayBefore(queries: Queries, now: Date, timeZone: string): Promise<string> {
  const { day } = await queries.one<{ day: string }>(
    sql`select ((${now}::timestamptz at time zone ${timeZone})::date - 1)::text as day`,
  );
  return day;
}

/** Writes a day's result; answers what the last run of the day had said the fees were, which are in the books. */
export async function saveReconciliation(
  tx: Transaction,
  run: Pick<Reconciliation, 'provider' | 'day' | 'source' | 'state' | 'matched' | 'failure'> & {
    readonly totals: readonly Totals[];
    readonly now: Date;
  },
): Promise<{ runs: number; before: readonly Totals[] }> {
  const known = await tx.row<{ totals: Totals[]; runs: number }>(sql`
    select totals, runs from payments.reconciliation
    where marketplace_id = ${tx.marketplaceId} and provider = ${run.provider} and day = ${run.day}::date for update`);
  const runs = (known?.runs ?? 0) + 1;
  const before = known?.totals ?? [];
  // A report that could not be read says nothing: what is booked stays what was read last.
  const totals = run.state === 'failed' ? before : run.totals;
  await tx.execute(sql`
    insert into payments.reconciliation (marketplace_id, provider, day, source, state, matched, totals, failure, runs, finished_time)
    values (${tx.marketplaceId}, ${run.provider}, ${run.day}::date, ${run.source}, ${run.state}, ${run.matched},
      ${JSON.stringify(totals)}::jsonb, ${run.failure}, ${runs}, ${run.now})
    on conflict (marketplace_id, provider, day) do update set source = excluded.source, state = excluded.state,
      matched = excluded.matched, totals = excluded.totals, failure = excluded.failure, runs = excluded.runs,
      finished_time = excluded.finished_time`);
  return { runs, before };
}

/**
 * Writes what a run found. A difference that was explained stays so while both sides say the same; one that is not found
 * any more is gone.
 */
export async function saveDifferences(
  tx: Transaction,
  run: { readonly provider: string; readonly day: string; readonly now: Date },
  differences: readonly (Difference & { readonly id: string })[],
): Promise<void> {
  const rows = differences.map((each) => ({
    id: each.id,
    subject: each.subject,
    reference: each.reference,
    payment_id: each.paymentId,
    currency: each.currency,
    ours_minor: each.oursMinor,
    theirs_minor: each.theirsMinor,
  }));
  await tx.execute(sql`
    with found as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as f(id uuid, subject text, reference text, payment_id uuid, currency text, ours_minor bigint, theirs_minor bigint)
    ), written as (
      insert into payments.reconciliation_difference as d (marketplace_id, id, provider, day, subject, reference, payment_id, currency,
        ours_minor, theirs_minor, state, created_time)
      select ${tx.marketplaceId}, id, ${run.provider}, ${run.day}::date, subject, reference, payment_id, currency, ours_minor,
        theirs_minor, 'open', ${run.now} from found
      on conflict on constraint reconciliation_difference_once do update set
        state = case when d.state = 'explained' and d.ours_minor = excluded.ours_minor and d.theirs_minor = excluded.theirs_minor
          then 'explained' else 'open' end,
        ours_minor = excluded.ours_minor, theirs_minor = excluded.theirs_minor, version = d.version + 1
    )
    update payments.reconciliation_difference d set state = 'gone', resolved_time = ${run.now}, version = version + 1
    where d.marketplace_id = ${tx.marketplaceId} and d.provider = ${run.provider} and d.day = ${run.day}::date and d.state = 'open'
      and not exists (select from found f where f.subject = d.subject and f.reference = d.reference and f.currency = d.currency)`);
}

export type DifferenceRow = {
  id: string;
  provider: string;
  day: string;
  subject: Subject;
  reference: string;
  payment_id: string | null;
  currency: Currency;
  ours_minor: number;
  theirs_minor: number;
  state: ReconciliationDifference['state'];
  note: string | null;
  created_time: Date;
  resolved_time: Date | null;
  version: number;
};
const DIFFERENCE = sql`id, provider, day::text as day, subject, reference, payment_id, currency, ours_minor, theirs_minor, state, note,
  created_time, resolved_time, version`;

export async function lockDifference(tx: Transaction, id: string): Promise<DifferenceRow | undefined> {
  return tx.row<DifferenceRow>(sql`
    select ${DIFFERENCE} from payments.reconciliation_difference
    where marketplace_id = ${tx.marketplaceId} and id = ${id} for update`);
}

/** Ends a difference. `correctedMinor` is what a correction has just booked for it. */
export async function endDifference(
  tx: Transaction,
  id: string,
  end: { state: 'corrected' | 'explained'; note: string; correctedMinor: number; now: Date },
): Promise<DifferenceRow> {
  return tx.one<DifferenceRow>(sql`
    update payments.reconciliation_difference set state = ${end.state}, note = ${end.note}, resolved_time = ${end.now},
      corrected_minor = corrected_minor + ${end.correctedMinor}, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${id} returning ${DIFFERENCE}`);
}

export async function listDifferences(
  queries: Queries,
  marketplaceId: string,
  filter: { state?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: ReconciliationDifference[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const continued = before === null ? sql`` : sql`and id < ${before}::uuid`;
  const inState = filter.state === undefined ? sql`` : sql`and state = ${filter.state}`;
  const rows = await queries.rows<DifferenceRow>(sql`
    select ${DIFFERENCE} from payments.reconciliation_difference
    where marketplace_id = ${marketplaceId} ${inState} ${continued} order by id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], differenceFrom);
}

export function differenceFrom(row: DifferenceRow): ReconciliationDifference {
  const amounts = { oursMinor: row.ours_minor, theirsMinor: row.theirs_minor };
  return {
    id: idFromUuid('difference', row.id),
    provider: row.provider,
    day: row.day,
    subject: row.subject,
    kind: kindOf(amounts),
    reference: row.reference,
    paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
    currency: row.currency,
    ...amounts,
    state: row.state,
    note: row.note,
    createdTime: row.created_time.toISOString(),
    resolvedTime: row.resolved_time?.toISOString() ?? null,
  };
}

type RunRow = {
  provider: string;
  day: string;
  source: Reconciliation['source'];
  state: Reconciliation['state'];
  matched: number;
  open_differences: number;
  totals: Totals[];
  failure: string | null;
  finished_time: Date;
};

/** One day's result. */
export async function findReconciliation(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  day: string,
): Promise<Reconciliation | undefined> {
  const row = await queries.row<RunRow>(sql`
    ${RUNS} where r.marketplace_id = ${marketplaceId} and r.provider = ${provider} and r.day = ${day}::date`);
  return row && reconciliationFrom(row);
}

/** The newest days of every provider; there is one row a provider and day, so a year is a few pages. */
export async function listReconciliations(
  queries: Queries,
  marketplaceId: string,
  { limit, before }: { limit: number; before: { day: string; provider: string } | null },
): Promise<Reconciliation[]> {
  const continued =
    before === null
      ? sql``
      : sql`and (r.day < ${before.day}::date or (r.day = ${before.day}::date and r.provider > ${before.provider}))`;
  const rows = await queries.rows<RunRow>(sql`
    ${RUNS} where r.marketplace_id = ${marketplaceId} ${continued} order by r.day desc, r.provider limit ${limit}`);
  return rows.map(reconciliationFrom);
}

/** Days of a provider that a newer report may settle: not read, or with differences that nobody has ended. */
export async function unsettledDays(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  { since, finishedBefore }: { since: string; finishedBefore: Date },
): Promise<string[]> {
  const rows = await queries.rows<{ day: string }>(sql`
    select r.day::text as day from payments.reconciliation r
    where r.marketplace_id = ${marketplaceId} and r.provider = ${provider} and r.day >= ${since}::date and r.source = 'provider'
      and r.finished_time < ${finishedBefore}
      and (r.state = 'failed' or exists (
        select from payments.reconciliation_difference d
        where d.marketplace_id = r.marketplace_id and d.provider = r.provider and d.day = r.day and d.state = 'open'))
    order by r.day`);
  return rows.map(({ day }) => day);
}

const RUNS = sql`
  select r.provider, r.day::text as day, r.source, r.state, r.matched, r.totals, r.failure, r.finished_time,
    (select count(*)::int from payments.reconciliation_difference d
      where d.marketplace_id = r.marketplace_id and d.provider = r.provider and d.day = r.day and d.state = 'open') as open_differences
  from payments.reconciliation r`;

function reconciliationFrom(row: RunRow): Reconciliation {
  return {
    provider: row.provider,
    day: row.day,
    source: row.source,
    state: row.state,
    matched: row.matched,
    openDifferences: row.open_differences,
    totals: row.totals,
    failure: row.failure,
    finishedTime: row.finished_time.toISOString(),
  };
}
