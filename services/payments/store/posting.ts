import { type Currency, newId, uuidFromId } from '@plaza/kernel';
import { type Sql, sql } from '@plaza/runtime';
import { accountUuid, PURPOSES, STRIPES } from '../domain/account.ts';
import type { Posting } from '../domain/postings.ts';

/** What a transfer is about, as UUIDs: how statements and the explorer name it. */
export type Subject = {
  readonly paymentId?: string;
  readonly orderId?: string;
  readonly groupId?: string;
  readonly payoutId?: string;
};

export type TransferOrder = {
  /** Names the transfer among all of its marketplace: posted once, however often it is asked for. */
  readonly key: string;
  readonly kind: string;
  readonly subject: Subject;
  readonly currency: Currency;
  readonly postings: readonly Posting[];
  readonly time: Date;
};

/**
 * The call that posts a transfer, as an expression, so that a hot path can make it part of another statement. Its
 * accounts must exist. Evaluates to true, or to false when the key was posted before.
 */
export function postingOf(marketplaceId: string, order: TransferOrder): Sql {
  const { key, kind, subject, currency, postings, time } = order;
  if (postings.length === 0) return sql`false`;
  const transferId = uuidFromId(newId('transfer'));
  const lines = linesOf(marketplaceId, order, stripeOf(transferId));
  // Stores first, the platform's busy accounts last, so that those are locked for the shortest time.
  lines.sort((a, b) => a.stripe - b.stripe || (a.accountId < b.accountId ? -1 : 1));
  return sql`payments.post(${marketplaceId}, ${transferId}::uuid, ${key}, ${kind}, ${subject.paymentId ?? null}::uuid,
    ${subject.orderId ?? null}::uuid, ${subject.groupId ?? null}::uuid, ${subject.payoutId ?? null}::uuid, ${currency},
    ${lines.map((line) => line.accountId)}::uuid[], ${lines.map((line) => line.stripe)}::smallint[],
    ${lines.map((line) => line.amountMinor)}::bigint[], ${time})`;
}

function linesOf(
  marketplaceId: string,
  { currency, postings }: TransferOrder,
  stripe: number,
): { accountId: string; stripe: number; amountMinor: number }[] {
  return postings.map((posting) => ({
    accountId: accountUuid(marketplaceId, currency, posting),
    stripe: PURPOSES[posting.purpose].isStriped ? stripe : 0,
    amountMinor: posting.amountMinor,
  }));
}

/** Any stripe, by the transfer's last, random digits. */
export function stripeOf(transferId: string): number {
  return 1 + (Number.parseInt(transferId.slice(-2), 16) % STRIPES);
}
