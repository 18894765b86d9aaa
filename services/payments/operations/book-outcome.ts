import { idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { nextAskTime, nextAttemptTime } from '../domain/payout-state.ts';
import { payoutPaidPostings } from '../domain/postings.ts';
import { payoutFailed, payoutPaid } from '../events.ts';
import type { PayoutOrder, PayoutOutcome } from '../provider/payout-provider.ts';
import { movePayout, type PayoutRow, planRetry } from '../store/payout.ts';
import { findPayoutAccount, judgePayoutAccount } from '../store/payout-account.ts';
import { type BatchLine, followBatch, lockBatch } from '../store/payout-batch.ts';
import { recordPayout } from '../store/payout-record.ts';
import type { Dependencies } from './dependencies.ts';
import { factsOf, postReturn } from './open-payout.ts';

/**
 * Writes what became of a payout and moves its money, once: news that is older than what is known changes nothing. Its
 * batch is locked first, so that two outcomes at once both count in it.
 */
export async function bookOutcome(
  tx: Transaction,
  dependencies: Dependencies,
  payout: Pick<PayoutRow, 'id' | 'batch_id'>,
  outcome: WithoutId<PayoutOutcome>,
  by: string,
): Promise<PayoutRow | undefined> {
  if (payout.batch_id !== null) await lockBatch(tx, payout.batch_id);
  const moved = await move(tx, dependencies, payout, outcome, by);
  if (payout.batch_id !== null) await followBatch(tx, payout.batch_id, dependencies.clock());
  return moved;
}

type WithoutId<Outcome> = Outcome extends unknown ? Omit<Outcome, 'payoutId'> : never;

async function move(
  tx: Transaction,
  dependencies: Dependencies,
  { id }: Pick<PayoutRow, 'id'>,
  outcome: WithoutId<PayoutOutcome>,
  by: string,
): Promise<PayoutRow | undefined> {
  const time = dependencies.clock();
  switch (outcome.state) {
    case 'sent': {
      const { reference } = outcome;
      const sent = { to: 'sent', reference, sentTime: time, nextAskTime: nextAskTime(time, time) } as const;
      const moved = await movePayout(tx, id, sent);
      if (moved !== undefined) await recordPayout(tx, id, { kind: 'sent', by, details: { reference }, time });
      return moved;
    }
    case 'paid': {
      const { reference } = outcome;
      const moved = await movePayout(tx, id, { to: 'paid', reference, sentTime: time, settledTime: time });
      if (moved === undefined) return undefined;
      await dependencies.ledger.post(tx, {
        key: `payout-paid:${id}`,
        kind: 'payout_paid',
        subject: { payoutId: id },
        currency: moved.currency,
        postings: payoutPaidPostings({ kind: moved.owner_kind, id: moved.owner_id }, moved.amount_minor),
        time,
      });
      await recordPayout(tx, id, { kind: 'paid', by, details: { reference }, time });
      const facts = factsOf(moved);
      await tx.announce(payoutPaid, facts.payoutId, facts);
      return moved;
    }
    case 'failed':
    case 'returned':
      return fail(tx, dependencies, id, outcome, by);
    default:
      return outcome satisfies never;
  }
}

async function fail(
  tx: Transaction,
  dependencies: Dependencies,
  payoutId: string,
  { state, reason, fault }: Extract<WithoutId<PayoutOutcome>, { state: 'failed' | 'returned' }>,
  by: string,
): Promise<PayoutRow | undefined> {
  const time = dependencies.clock();
  // Old news of a failure changes nothing once the bank had paid; that it came back afterwards is said as such.
  const from = state === 'returned' ? (['paid'] as const) : (['sending', 'sent'] as const);
  const moved = await movePayout(tx, payoutId, { to: 'failed', from, failureReason: reason, settledTime: time });
  if (moved === undefined) return undefined;
  await postReturn(tx, dependencies, moved, state === 'returned' ? 'payout_returned' : 'payout_failed');
  const { attemptsMax } = dependencies.marketplaces.get(tx.marketplaceId).payout;
  const nextRetryTime = fault === 'bank' ? nextAttemptTime(moved.attempt, attemptsMax, time) : null;
  const failed = nextRetryTime === null ? moved : await planRetry(tx, moved, nextRetryTime);
  if (fault === 'account') await failAccount(tx, moved, reason, time);
  const details = { reason, fault, attempt: moved.attempt, nextRetryTime: nextRetryTime?.toISOString() ?? null };
  await recordPayout(tx, payoutId, { kind: state, by, details, time });
  const facts = factsOf(moved);
  await tx.announce(payoutFailed, facts.payoutId, { ...facts, failureReason: reason });
  await tx.audit({
    action: `payout.${state}`,
    subject: facts.payoutId,
    actor: { kind: 'service', service: 'payments' },
    details: { ...details, ...facts.amount },
  });
  return failed;
}

/** The bank says that the account is not to be paid to: its owner must enter another. */
async function failAccount(tx: Transaction, payout: PayoutRow, failureReason: string, time: Date): Promise<void> {
  if (payout.payout_account_id === null) return;
  const account = await findPayoutAccount(tx, tx.marketplaceId, payout.payout_account_id);
  if (account === undefined) return;
  await judgePayoutAccount(tx, account.id, { state: 'failed', tries: account.tries, failureReason, time });
}

/** What a provider needs to know of a payout: its account is opened here, and kept nowhere. */
export function orderFrom(
  { accountVault }: Pick<Dependencies, 'accountVault'>,
  marketplaceId: string,
  line: BatchLine,
): PayoutOrder {
  const isSealed = line.payout_account_id !== null && line.sealed !== null;
  return {
    payoutId: idFromUuid('payout', line.id),
    amount: { amountMinor: line.amount_minor, currency: line.currency },
    holderName: line.holder_name,
    // From before there were payout accounts: only the simulated bank has such payouts, and it looks at the end.
    account: isSealed
      ? accountVault.open(marketplaceId, line.payout_account_id ?? '', line.sealed ?? '')
      : { kind: 'us_bank', routingNumber: '', accountNumber: line.account_last4 },
    sentTime: line.sent_time,
  };
}
