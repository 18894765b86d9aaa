import { type Context, type Currency, idFromUuid, newUuid } from '@plaza/kernel';
import type { Queries, Transaction } from '@plaza/runtime';
import { hindranceOf } from '../domain/payout-account.ts';
import { payoutSourceOf } from '../domain/payout-source.ts';
import { agedMinor, approvalReasons } from '../domain/payout-state.ts';
import { payoutPostings, payoutReturnedPostings } from '../domain/postings.ts';
import { routePayout } from '../domain/route-payout.ts';
import { errors } from '../errors.ts';
import { payoutCanceled, payoutRequested } from '../events.ts';
import { payoutAbilitiesOf } from '../provider/payout-registry.ts';
import { countPaid, insertPayout, movePayout, type PayoutRow } from '../store/payout.ts';
import { findPayoutAccountOf, isSharedAccount, type OwnerRef, type PayoutAccountRow } from '../store/payout-account.ts';
import { recordedBy, recordPayout } from '../store/payout-record.ts';
import { creditedSince } from '../store/payout-schedule.ts';
import type { Dependencies } from './dependencies.ts';
import type { PayoutOwner } from './payout-owner.ts';
import { requireActiveWallet, requireWithinLimits } from './wallet-part.ts';

const DAY_MS = 86_400_000;

/** A payout as it is asked for. `amountMinor`: how much, or of what could go, at most how much. */
export type PayoutOrder = {
  readonly owner: PayoutOwner;
  readonly currency: Currency;
  readonly amountMinor: (payableMinor: number) => number;
  readonly actor: Context['actor'];
  readonly retryOf?: PayoutRow;
};

/**
 * Takes money out of an owner's balance to be sent to their payout account: the only way a payout begins. It waits for
 * an operator, or for the next batch. Writes down what was known when it was decided.
 * @throws PAYOUT_ACCOUNT_NOT_READY, PAYOUT_ACCOUNT_KIND_UNSUPPORTED, PAYOUT_BELOW_MINIMUM, BALANCE_TOO_LOW; of a wallet
 *   WALLET_FROZEN and WALLET_LIMIT_REACHED too
 */
export async function openPayout(tx: Transaction, dependencies: Dependencies, order: PayoutOrder): Promise<PayoutRow> {
  const { ledger, marketplaces, clock } = dependencies;
  const { owner, currency, retryOf } = order;
  const time = clock();
  const settings = marketplaces.get(tx.marketplaceId);
  const account = await requirePayable(tx, owner, currency, time);
  // A wallet's own lock comes before that of its balance, everywhere.
  if (owner.kind === 'member') await requireActiveWallet(tx, owner.id, time);
  const { availableMinor } = await ledger.lockOwner(tx, payoutSourceOf(owner.kind), owner.id, currency);
  const payableMinor = await payableOf(tx, tx.marketplaceId, dependencies, { owner, currency, availableMinor });
  const amountMinor = order.amountMinor(payableMinor);
  const minimumMinor = minimumOf(settings, currency);
  if (amountMinor > payableMinor || amountMinor < 1)
    throw errors.BALANCE_TOO_LOW({ availableMinor: payableMinor, currency });
  if (amountMinor < minimumMinor) throw errors.PAYOUT_BELOW_MINIMUM({ minimumMinor, currency });
  if (owner.kind === 'member' && retryOf === undefined)
    await requireWithinLimits(dependencies, tx, {
      memberId: owner.id,
      level: order.actor.kind === 'member' ? (order.actor.verificationLevel ?? 0) : 0,
      names: ['withdrawPerDay'],
      amountMinor,
      currency,
    });
  const abilities = payoutAbilitiesOf(dependencies.payoutProviders);
  const provider = routePayout(settings.payout, abilities, account.kind, { amountMinor, currency });
  if (provider === undefined) throw errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED({ currency });
  const known = {
    amountMinor,
    isHomeCurrency: currency === settings.currency,
    paidBefore: await countPaid(tx, tx.marketplaceId, owner),
    isScreeningClear: account.screening.isClear,
    isSharedAccount: await isSharedAccount(tx, tx.marketplaceId, account),
  };
  const reasons = approvalReasons(settings.payout, known);
  const payout = await insertPayout(tx, {
    id: newUuid(),
    owner_kind: owner.kind,
    owner_id: owner.id,
    member_id: owner.memberId,
    amount_minor: amountMinor,
    currency,
    state: reasons.length === 0 ? 'requested' : 'awaiting_approval',
    bank_name: account.bank_name,
    holder_name: account.holder_name,
    account_last4: account.last4,
    payout_account_id: account.id,
    provider,
    attempt: (retryOf?.attempt ?? 0) + 1,
    retry_of: retryOf?.id ?? null,
    approval_reasons: reasons,
    created_time: time,
  });
  await ledger.post(tx, {
    key: `payout:${payout.id}`,
    kind: 'payout',
    subject: { payoutId: payout.id },
    currency,
    postings: payoutPostings(owner, amountMinor),
    time,
  });
  await recordPayout(tx, payout.id, {
    kind: 'requested',
    by: recordedBy(order.actor),
    details: {
      verificationLevel: order.actor.kind === 'member' ? (order.actor.verificationLevel ?? 0) : null,
      account: recordedAccount(account),
      checks: { ...known, availableMinor, payableMinor, minimumMinor, holdDays: settings.payout.holdDays },
      approvalReasons: reasons,
    },
    time,
  });
  const facts = factsOf(payout);
  await tx.announce(payoutRequested, facts.payoutId, facts);
  await tx.audit({
    action: 'payout.requested',
    subject: facts.payoutId,
    actor: order.actor,
    details: {
      ownerKind: owner.kind,
      ownerId: idFromUuid(owner.kind, owner.id),
      amountMinor,
      currency,
      last4: account.last4,
    },
  });
  return payout;
}

/** Takes a payout back that was not handed over; undefined when it was. The money returns, what is owed first. */
export async function returnPayout(
  tx: Transaction,
  dependencies: Dependencies,
  payout: PayoutRow,
  why: { readonly reason: string; readonly by: string; readonly kind: 'canceled' | 'rejected' },
): Promise<PayoutRow | undefined> {
  const time = dependencies.clock();
  const canceled = await movePayout(tx, payout.id, { to: 'canceled', failureReason: why.reason, settledTime: time });
  if (canceled === undefined) return undefined;
  await postReturn(tx, dependencies, canceled, 'payout_canceled');
  await recordPayout(tx, payout.id, { kind: why.kind, by: why.by, details: { reason: why.reason }, time });
  const facts = factsOf(canceled);
  await tx.announce(payoutCanceled, facts.payoutId, { ...facts, reason: why.reason });
  return canceled;
}

/** Books the money of a payout that did not arrive back to its owner. */
export async function postReturn(
  tx: Transaction,
  { ledger, clock }: Dependencies,
  payout: PayoutRow,
  kind: 'payout_failed' | 'payout_canceled' | 'payout_returned',
): Promise<void> {
  const owner = { kind: payout.owner_kind, id: payout.owner_id };
  const { owedMinor } = await ledger.lockOwner(tx, payoutSourceOf(owner.kind), owner.id, payout.currency);
  await ledger.post(tx, {
    key: `${kind.replace('_', '-')}:${payout.id}`,
    kind,
    subject: { payoutId: payout.id },
    currency: payout.currency,
    postings: payoutReturnedPostings(owner, payout.amount_minor, owedMinor, kind === 'payout_returned'),
    time: clock(),
  });
}

/** What of an available balance may go: only what has been there as long as the marketplace asks. Wallets hold nothing back. */
export async function payableOf(
  queries: Queries,
  marketplaceId: string,
  { marketplaces, clock }: Pick<Dependencies, 'marketplaces' | 'clock'>,
  { owner, currency, availableMinor }: { owner: OwnerRef; currency: Currency; availableMinor: number },
): Promise<number> {
  const { holdDays } = marketplaces.get(marketplaceId).payout;
  if (holdDays === 0 || owner.kind === 'member' || availableMinor <= 0) return Math.max(availableMinor, 0);
  const since = new Date(clock().getTime() - holdDays * DAY_MS);
  const account = { purpose: payoutSourceOf(owner.kind).available, ownerId: owner.id };
  return agedMinor(availableMinor, await creditedSince(queries, marketplaceId, currency, account, since));
}

/** The smallest payout: what the marketplace says, in its own currency. */
export function minimumOf(
  settings: { readonly currency: Currency; readonly payout: { readonly minimumMinor: number } },
  currency: Currency,
): number {
  return currency === settings.currency ? settings.payout.minimumMinor : 0;
}

/** What the events of a payout tell. */
export function factsOf(payout: PayoutRow) {
  return {
    payoutId: idFromUuid('payout', payout.id),
    ownerKind: payout.owner_kind,
    storeId: payout.owner_kind === 'store' ? idFromUuid('store', payout.owner_id) : null,
    memberId: idFromUuid('member', payout.member_id),
    amount: { amountMinor: payout.amount_minor, currency: payout.currency },
  };
}

async function requirePayable(
  tx: Transaction,
  owner: OwnerRef,
  currency: Currency,
  now: Date,
): Promise<PayoutAccountRow> {
  const account = await findPayoutAccountOf(tx, tx.marketplaceId, owner, currency);
  const reason = hindranceOf(account && { state: account.state, usableTime: account.usable_time }, now);
  if (account !== undefined && reason === undefined) return account;
  const usableTime = account?.usable_time.toISOString() ?? null;
  throw errors.PAYOUT_ACCOUNT_NOT_READY({ reason: reason ?? 'missing', usableTime });
}

/** The account as the record keeps it: which one it was can be proved, what its number was cannot be read. */
function recordedAccount(account: PayoutAccountRow) {
  return {
    id: idFromUuid('payoutAccount', account.id),
    kind: account.kind,
    fingerprint: account.fingerprint,
    last4: account.last4,
    verification: account.verification,
    verifiedTime: account.verified_time?.toISOString() ?? null,
    usableTime: account.usable_time.toISOString(),
    screening: account.screening,
  };
}
