import {
  type Context,
  decodeCursor,
  encodeCursor,
  type Handlers,
  invalidInput,
  noneOf,
  uuidFromId,
} from '@plaza/kernel';
import { inSteps, inTransaction, type Transaction } from '@plaza/runtime';
import { z } from 'zod';
import { paymentsContract } from '../contract.ts';
import { correctionPostings } from '../domain/postings.ts';
import { csvOfMovements, reportFromCsv } from '../domain/report-file.ts';
import { errors } from '../errors.ts';
import { movementsIn } from '../store/own-movements.ts';
import { lockPayment } from '../store/payment.ts';
import {
  boundsOfDay,
  type DifferenceRow,
  dayBefore,
  differenceFrom,
  endDifference,
  findReconciliation,
  listDifferences,
  listReconciliations,
  lockDifference,
  unsettledDays,
} from '../store/reconciliation.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';
import { type DayOfProvider, reconcile, reconcileByProvider } from './reconcile-day.ts';

type Reconciling = Pick<
  Handlers<typeof paymentsContract>,
  'listReconciliations' | 'reconcileDay' | 'exportMovements' | 'listDifferences' | 'resolveDifference'
>;

/** Reports of the night before come in during the night; an earlier day that did not agree is read again this often. */
const AGAIN_HOURS = 20;
const AGAIN_DAYS = 7;

const RunCursor = z.tuple([z.iso.date(), z.string()]);

/** Providers' reports against the books, and what an operator does about differences. */
export function reconciliation(dependencies: Dependencies): Reconciling {
  const { database, marketplaces, clock, providers } = dependencies;
  return {
    listReconciliations: async ({ input: { limit, cursor }, context: { marketplaceId } }) => {
      const before = runOfCursor(cursor);
      const rows = await listReconciliations(database.read(marketplaceId), marketplaceId, { limit: limit + 1, before });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const isMore = rows.length > limit && last !== undefined;
      return { items, nextCursor: isMore ? encodeCursor([last.day, last.provider]) : null };
    },
    reconcileDay: inSteps(database, paymentsContract.reconcileDay, async ({ input, context: { marketplaceId } }) => {
      const { report: csv, ...rest } = input;
      const of = { marketplaceId, ...rest };
      const queries = database.read(marketplaceId);
      const { from } = await boundsOfDay(queries, of.day, marketplaces.get(marketplaceId).timeZone);
      if (from > clock()) throw invalidInput([{ pointer: '/day', code: 'future', detail: 'must be today or earlier' }]);
      const adapter = providers.get(of.provider);
      if (adapter === undefined) throw unknownProvider([...providers.keys()]);
      if (csv !== undefined) {
        await reconcile(dependencies, of, reportFromCsv(csv, from), 'file');
      } else {
        if (adapter.report === undefined || adapter.missingSettings(marketplaceId).length > 0)
          throw errors.REPORT_NOT_AVAILABLE({ provider: of.provider });
        await reconcileByProvider(dependencies, of, { report: adapter.report });
      }
      const done = await findReconciliation(queries, marketplaceId, of.provider, of.day);
      if (done === undefined) throw new Error('a reconciliation is written before it is answered');
      return done;
    }),
    exportMovements: async ({ input: { provider, day }, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      if (!providers.has(provider)) throw unknownProvider([...providers.keys()]);
      const period = await boundsOfDay(queries, day, marketplaces.get(marketplaceId).timeZone);
      return { csv: csvOfMovements(await movementsIn(queries, marketplaceId, provider, period)) };
    },
    listDifferences: async ({ input, context: { marketplaceId } }) =>
      listDifferences(database.read(marketplaceId), marketplaceId, input),
    resolveDifference: inTransaction(
      database,
      paymentsContract.resolveDifference,
      async ({ input: { differenceId, resolution, note }, context, tx }) => {
        const difference = await lockDifference(tx, uuidFromId(differenceId));
        if (difference === undefined) throw errors.DIFFERENCE_NOT_FOUND({});
        if (difference.state !== 'open') throw errors.DIFFERENCE_CLOSED({ state: difference.state });
        const now = clock();
        const correctedMinor = resolution === 'explain' ? 0 : await correct(dependencies, tx, difference, now);
        const state = resolution === 'explain' ? 'explained' : 'corrected';
        const ended = await endDifference(tx, difference.id, { state, note, correctedMinor, now });
        await tx.audit({
          action: `reconciliation.${state}`,
          subject: differenceId,
          actor: context.actor,
          details: {
            provider: ended.provider,
            reference: ended.reference,
            correctedMinor,
            currency: ended.currency,
            note,
          },
        });
        return differenceFrom(ended);
      },
    ),
  };
}

/**
 * Makes the books say what the report says; answers how much moved by suspense. A payment of ours that only the provider
 * knew to be captured is captured, and its checkout hears of it.
 */
async function correct(
  dependencies: Dependencies,
  tx: Transaction,
  difference: DifferenceRow,
  now: Date,
): Promise<number> {
  const { payment_id: paymentId, subject, ours_minor: ours, theirs_minor: theirs } = difference;
  if (subject === 'payment' && paymentId !== null && ours === 0) {
    const payment = await lockPayment(tx, paymentId);
    if (payment.amount_minor === theirs && payment.captured_time === null) {
      await followProvider(tx, dependencies.ledger, payment, { state: 'captured' }, now);
      return 0;
    }
  }
  const correctedMinor = theirs - ours;
  await dependencies.ledger.post(tx, {
    key: `correction:${difference.id}:${difference.version}`,
    kind: 'correction',
    subject: paymentId === null ? {} : { paymentId },
    currency: difference.currency,
    postings: correctionPostings(correctedMinor),
    time: now,
  });
  return correctedMinor;
}

/** Each night the day before of every provider that gives reports, and again the days that did not agree. */
export function reconcileNightly(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const { database, marketplaces, clock, providers } = dependencies;
    const queries = database.read(marketplaceId);
    const yesterday = await dayBefore(queries, clock(), marketplaces.get(marketplaceId).timeZone);
    for (const [provider, { report, missingSettings }] of providers) {
      if (report === undefined || missingSettings(marketplaceId).length > 0) continue;
      const isNew = (await findReconciliation(queries, marketplaceId, provider, yesterday)) === undefined;
      const since = new Date(Date.parse(yesterday) - AGAIN_DAYS * 86_400_000).toISOString().slice(0, 10);
      const finishedBefore = new Date(clock().getTime() - AGAIN_HOURS * 3_600_000);
      const again = await unsettledDays(queries, marketplaceId, provider, { since, finishedBefore });
      for (const day of new Set([...again, ...(isNew ? [yesterday] : [])])) {
        const of: DayOfProvider = { marketplaceId, provider, day };
        await reconcileByProvider(dependencies, of, { report });
      }
    }
  };
}

function unknownProvider(names: readonly string[]) {
  return invalidInput([{ pointer: '/provider', code: 'provider', ...noneOf(names) }]);
}

function runOfCursor(cursor: string | undefined): { day: string; provider: string } | null {
  const keys = decodeCursor(cursor, RunCursor);
  return keys === undefined ? null : { day: keys[0], provider: keys[1] };
}
