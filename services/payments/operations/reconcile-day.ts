import { isId, newId, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { feePostings } from '../domain/postings.ts';
import { compare, type OwnMovement, type ReportLine, type Totals } from '../domain/reconciliation.ts';
import { type PaymentProvider, ProviderUnavailable } from '../provider/provider.ts';
import { correctedMovements, type KnownMovement, movementsIn, movementsNamed } from '../store/own-movements.ts';
import { boundsOfDay, saveDifferences, saveReconciliation } from '../store/reconciliation.ts';
import type { Dependencies } from './dependencies.ts';

/** Clocks differ, and a payment at midnight may be of either day: so far around the day the report is read. */
const MARGIN_MS = 6 * 3_600_000;

export type DayOfProvider = { readonly marketplaceId: string; readonly provider: string; readonly day: string };

/** Reads the provider's own report of a day and holds it against the books. One that cannot be read is written down as such. */
export async function reconcileByProvider(
  dependencies: Dependencies,
  of: DayOfProvider,
  provider: Required<Pick<PaymentProvider, 'report'>>,
) {
  const { from, to } = await boundsOfDay(
    dependencies.database.read(of.marketplaceId),
    of.day,
    timeZoneOf(dependencies, of),
  );
  const around = { from: new Date(from.getTime() - MARGIN_MS), to: new Date(to.getTime() + MARGIN_MS) };
  try {
    const lines: ReportLine[] = [];
    for await (const line of provider.report(of.marketplaceId, around)) lines.push(line);
    await reconcile(dependencies, of, lines, 'provider');
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    dependencies.log.warn({ err: error, provider: of.provider, day: of.day }, "a provider's report could not be read");
    const failed = { source: 'provider', state: 'failed', matched: 0, failure: error.message, totals: [] } as const;
    await dependencies.database.transaction(of.marketplaceId, async (tx) => {
      await saveReconciliation(tx, { ...of, ...failed, now: dependencies.clock() });
    });
  }
}

/** Holds these lines against the books, and writes what differs. The fees they name are booked, once. */
export async function reconcile(
  dependencies: Dependencies,
  of: DayOfProvider,
  lines: readonly ReportLine[],
  source: 'provider' | 'file',
): Promise<void> {
  const queries = dependencies.database.read(of.marketplaceId);
  const period = await boundsOfDay(queries, of.day, timeZoneOf(dependencies, of));
  const ofDay = await movementsIn(queries, of.marketplaceId, of.provider, period);
  const isOfDay = ({ time }: ReportLine) => time >= period.from && time < period.to;
  const named = lines.filter(isOfDay);
  const referencesOf = (subject: ReportLine['subject']) =>
    named.filter((line) => line.subject === subject).map(({ reference }) => reference);
  const others = await movementsNamed(queries, of.marketplaceId, of.provider, {
    payments: referencesOf('payment'),
    refunds: referencesOf('refund'),
    refundIds: named.flatMap(({ refundId }) => uuidOf(refundId)),
  });
  const own = asReported([...ofDay, ...others], lines);
  const references = [...own, ...named].map(({ reference }) => reference);
  const corrected = await correctedMovements(queries, of.marketplaceId, of.provider, of.day, references);
  // What is around the day counts where it answers something of the day, and is else another day's matter.
  const known = new Set(own.map(keyOf));
  const theirs = lines.filter((line) => isOfDay(line) || known.has(keyOf(line)));
  const { matched, differences, totals } = compare([...own, ...corrected], theirs);
  const now = dependencies.clock();
  await dependencies.database.transaction(of.marketplaceId, async (tx) => {
    const feesOfDay = totals.map((total) => ({ ...total, feesMinor: feesOf(named, total) }));
    const run = { ...of, source, state: 'done', matched, failure: null, totals: feesOfDay, now } as const;
    const { runs, before } = await saveReconciliation(tx, run);
    await bookFees(dependencies, tx, of, { runs, before, totals: feesOfDay, now });
    const found = differences.map((each) => ({ ...each, id: uuidFromId(newId('difference')) }));
    await saveDifferences(tx, { ...of, now }, found);
  });
}

/** Books what the fees of a day are now more (or less) than the last run said. */
async function bookFees(
  { ledger }: Dependencies,
  tx: Transaction,
  { provider, day }: DayOfProvider,
  { runs, before, totals, now }: { runs: number; before: readonly Totals[]; totals: readonly Totals[]; now: Date },
): Promise<void> {
  for (const currency of new Set([...before, ...totals].map((total) => total.currency))) {
    const of = (all: readonly Totals[]) => all.find((total) => total.currency === currency)?.feesMinor ?? 0;
    await ledger.post(tx, {
      key: `provider-fees:${provider}:${day}:${currency}:${runs}`,
      kind: 'provider_fees',
      subject: {},
      currency,
      postings: feePostings(of(totals) - of(before)),
      time: now,
    });
  }
}

/**
 * Each movement once, although the day and the report may both name it. A refund whose answer was lost bears our id in
 * the books; the provider's report tells its name there.
 */
function asReported(movements: readonly KnownMovement[], lines: readonly ReportLine[]): OwnMovement[] {
  const names = new Map(
    lines.flatMap(({ refundId, reference }) => uuidOf(refundId).map((id): [string, string] => [id, reference])),
  );
  const once = new Map(movements.map((each) => [each.id, each]));
  return [...once.values()].map(({ id, ...each }) => ({ ...each, reference: names.get(id) ?? each.reference }));
}

function feesOf(lines: readonly ReportLine[], { currency }: Totals): number {
  return lines.filter((line) => line.currency === currency).reduce((sum, { feeMinor }) => sum + feeMinor, 0);
}

function keyOf({ subject, reference, currency }: Pick<OwnMovement, 'subject' | 'reference' | 'currency'>): string {
  return JSON.stringify([subject, reference, currency]);
}

/** Our own id of a refund as a UUID, if it is one. */
function uuidOf(refundId: string | undefined): string[] {
  return refundId !== undefined && isId('refund', refundId) ? [uuidFromId(refundId)] : [];
}

function timeZoneOf({ marketplaces }: Dependencies, { marketplaceId }: DayOfProvider): string {
  return marketplaces.get(marketplaceId).timeZone;
}
