import { type Context, Fault, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { nextPayoutTime } from '../domain/payout-schedule.ts';
import { nextAskTime } from '../domain/payout-state.ts';
import { errors } from '../errors.ts';
import type { PayoutOutcome, PayoutProvider } from '../provider/payout-provider.ts';
import {
  findRetryOf,
  findStoreOwner,
  listPayoutsToAsk,
  listPayoutsToRetry,
  listPayoutsWithoutAccount,
  type PayoutRow,
  planRetry,
  putOffAsking,
} from '../store/payout.ts';
import {
  claimBatches,
  formBatch,
  listBatchLines,
  listInLine,
  listLines,
  type PayoutBatchRow,
} from '../store/payout-batch.ts';
import { recordPayout } from '../store/payout-record.ts';
import { advanceSchedule, listDueSchedules, type PayoutScheduleRow } from '../store/payout-schedule.ts';
import { bookOutcome, orderFrom } from './book-outcome.ts';
import type { Dependencies } from './dependencies.ts';
import { openPayout, returnPayout } from './open-payout.ts';
import { scheduleOf } from './payout.ts';
import type { PayoutOwner } from './payout-owner.ts';

/** Things done in one run. */
const RUN_MAX = 100;
const ACTOR = { kind: 'service', service: 'payments' } as const;

/** Asks for the payouts whose time has come. Who has too little, or no account yet, waits for the next time. */
export function schedulePayouts(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const queries = dependencies.database.read(marketplaceId);
    for (const due of await listDueSchedules(queries, marketplaceId, dependencies.clock(), RUN_MAX)) {
      await dependencies.database.transaction(marketplaceId, (tx) => payOnSchedule(tx, dependencies, due));
    }
  };
}

async function payOnSchedule(tx: Transaction, dependencies: Dependencies, due: PayoutScheduleRow): Promise<void> {
  const { timeZone } = dependencies.marketplaces.get(tx.marketplaceId);
  const nextTime = nextPayoutTime(scheduleOf(due), timeZone, dependencies.clock());
  // Who sets the next time pays: another timer at the same moment finds it set.
  if (nextTime === null || !(await advanceSchedule(tx, due, nextTime))) return;
  const owner = await ownerFrom(tx, due);
  if (owner === undefined) return;
  await unlessRefused(() =>
    openPayout(tx, dependencies, {
      owner,
      currency: due.currency,
      amountMinor: (payableMinor) => {
        if (payableMinor >= due.threshold_minor) return payableMinor;
        throw errors.BALANCE_TOO_LOW({ availableMinor: payableMinor, currency: due.currency });
      },
      actor: ACTOR,
    }),
  );
}

/** Tries failed payouts again whose next time has come. */
export function retryPayouts(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const queries = dependencies.database.read(marketplaceId);
    for (const payout of await listPayoutsToRetry(queries, marketplaceId, dependencies.clock(), RUN_MAX)) {
      await dependencies.database.transaction(marketplaceId, async (tx) => {
        await unlessRefused(() => tryAgain(tx, dependencies, payout, ACTOR));
        await planRetry(tx, payout, null);
      });
    }
  };
}

/**
 * A new payout in place of one that failed: of the same amount, or of what is there by now. Once: a repeat answers the
 * same one. @throws as openPayout
 */
export async function tryAgain(
  tx: Transaction,
  dependencies: Dependencies,
  failed: PayoutRow,
  actor: Context['actor'],
): Promise<PayoutRow | undefined> {
  const before = await findRetryOf(tx, tx.marketplaceId, failed.id);
  if (before !== undefined) return before;
  const owner = await ownerFrom(tx, failed);
  if (owner === undefined) return undefined;
  const retry = await openPayout(tx, dependencies, {
    owner,
    currency: failed.currency,
    amountMinor: (payableMinor) => Math.min(failed.amount_minor, payableMinor),
    actor,
    retryOf: failed,
  });
  const by = actor.kind === 'member' ? actor.memberId : ACTOR.service;
  await recordPayout(tx, failed.id, { kind: 'retried', by, details: { retry: retry.id }, time: dependencies.clock() });
  return retry;
}

/** Takes what is in line into batches, and hands over those that are due. */
export function sendPayouts(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const { database, payoutProviders, clock } = dependencies;
    const queries = database.read(marketplaceId);
    for (const payout of await listPayoutsWithoutAccount(queries, marketplaceId, RUN_MAX)) {
      const why = { reason: 'account_changed', by: ACTOR.service, kind: 'canceled' } as const;
      await database.transaction(marketplaceId, (tx) => returnPayout(tx, dependencies, payout, why));
    }
    for (const { provider: name, currency } of await listInLine(queries, marketplaceId)) {
      const provider = payoutProviders.get(name);
      if (provider?.abilities.handover !== 'api') continue;
      const batch = { provider: name, currency, countMax: provider.abilities.batchMax, time: clock(), isOurs: true };
      await database.transaction(marketplaceId, (tx) => recordBatch(tx, dependencies, batch, ACTOR.service));
    }
    for (const batch of await claimBatches(queries, marketplaceId, clock(), RUN_MAX)) {
      await handOver(dependencies, marketplaceId, batch);
    }
  };
}

/** Forms a batch and writes it into the record of each of its payouts. */
export async function recordBatch(
  tx: Transaction,
  { clock }: Pick<Dependencies, 'clock'>,
  batch: Parameters<typeof formBatch>[1],
  by: string,
): Promise<PayoutBatchRow | undefined> {
  const formed = await formBatch(tx, batch);
  for (const payoutId of formed?.payoutIds ?? []) {
    await recordPayout(tx, payoutId, { kind: 'batched', by, details: { batchId: formed?.row.id }, time: clock() });
  }
  return formed?.row;
}

/** A provider that does not answer is given the same batch again later, under the same ids. */
async function handOver(dependencies: Dependencies, marketplaceId: string, batch: PayoutBatchRow): Promise<void> {
  const provider = dependencies.payoutProviders.get(batch.provider);
  if (provider === undefined) return;
  const lines = await listBatchLines(dependencies.database.read(marketplaceId), marketplaceId, batch.id);
  const orders = lines
    .filter(({ state }) => state === 'sending')
    .map((line) => orderFrom(dependencies, marketplaceId, line));
  try {
    await book(dependencies, marketplaceId, await provider.send(marketplaceId, orders, batch.sends > 1), batch.id);
  } catch (error) {
    dependencies.log.warn(
      { err: error, batchId: batch.id },
      'a batch of payouts was not taken by the provider; sent again',
    );
  }
}

/** Asks how payouts under way ended. */
export function settlePayouts(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const queries = dependencies.database.read(marketplaceId);
    const due = await listPayoutsToAsk(queries, marketplaceId, dependencies.clock(), RUN_MAX);
    for (const name of new Set(due.map(({ provider }) => provider))) {
      const provider = dependencies.payoutProviders.get(name);
      const payouts = due.filter((payout) => payout.provider === name);
      if (provider !== undefined) await ask(dependencies, marketplaceId, provider, payouts);
    }
  };
}

async function ask(
  dependencies: Dependencies,
  marketplaceId: string,
  provider: PayoutProvider,
  payouts: readonly PayoutRow[],
): Promise<void> {
  const queries = dependencies.database.read(marketplaceId);
  const now = dependencies.clock();
  for (const { id, sent_time, created_time } of payouts) {
    await putOffAsking(queries, marketplaceId, id, nextAskTime(sent_time ?? created_time, now));
  }
  const ids = payouts.map(({ id }) => id);
  const orders = (await listLines(queries, marketplaceId, ids)).map((line) =>
    orderFrom(dependencies, marketplaceId, line),
  );
  try {
    await book(dependencies, marketplaceId, await provider.ask(marketplaceId, orders), payouts);
  } catch (error) {
    dependencies.log.warn(
      { err: error, provider: provider.name },
      'a provider did not say how payouts ended; asked again',
    );
  }
}

async function book(
  dependencies: Dependencies,
  marketplaceId: string,
  outcomes: readonly PayoutOutcome[],
  of: string | readonly PayoutRow[],
): Promise<void> {
  for (const { payoutId, ...outcome } of outcomes) {
    const id = uuidFromId(payoutId);
    const batchId = typeof of === 'string' ? of : (of.find((payout) => payout.id === id)?.batch_id ?? null);
    await dependencies.database.transaction(marketplaceId, (tx) =>
      bookOutcome(tx, dependencies, { id, batch_id: batchId }, outcome, ACTOR.service),
    );
  }
}

async function ownerFrom(
  tx: Transaction,
  { owner_kind: kind, owner_id: id }: Pick<PayoutRow, 'owner_kind' | 'owner_id'>,
): Promise<PayoutOwner | undefined> {
  const memberId = kind === 'member' ? id : await findStoreOwner(tx, tx.marketplaceId, id);
  return memberId === undefined ? undefined : { kind, id, memberId };
}

/** What cannot go now stays where it is: openPayout refuses before it writes anything. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}
