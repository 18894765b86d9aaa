import { type Currency, idFromUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { PayoutAccount, PayoutOwnerKind } from '../contract.ts';
import type { BankAccountKind } from '../domain/bank-account.ts';
import { type PayoutAccountState, type ScreeningRecord, TRIES_MAX } from '../domain/payout-account.ts';

export type PayoutAccountRow = {
  id: string;
  owner_kind: PayoutOwnerKind;
  owner_id: string;
  member_id: string;
  currency: Currency;
  kind: BankAccountKind;
  bank_name: string;
  holder_name: string;
  last4: string;
  sealed: string;
  fingerprint: string;
  state: PayoutAccountState;
  verification: PayoutAccount['verification'];
  tries: number;
  failure_reason: string | null;
  screening: ScreeningRecord;
  usable_time: Date;
  created_time: Date;
  verified_time: Date | null;
};

/** An owner as the database knows it. */
export type OwnerRef = { readonly kind: PayoutOwnerKind; readonly id: string };

const COLUMNS = sql`id, owner_kind, owner_id, member_id, currency, kind, bank_name, holder_name, last4, sealed, fingerprint, state,
  verification, tries, failure_reason, screening, usable_time, created_time, verified_time`;

/** Accounts shown to an operator at once. */
const TO_ACCEPT_MAX = 100;

/** The accounts an owner has now, one a currency. */
export async function listPayoutAccounts(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
): Promise<PayoutAccountRow[]> {
  return queries.rows<PayoutAccountRow>(sql`
    select ${COLUMNS} from payments.payout_account
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and state <> 'replaced'
    order by currency`);
}

/** The account that an owner's money of a currency goes to. */
export async function findPayoutAccountOf(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
  currency: Currency,
): Promise<PayoutAccountRow | undefined> {
  return queries.row<PayoutAccountRow>(sql`
    select ${COLUMNS} from payments.payout_account
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and currency = ${currency}
      and state <> 'replaced'`);
}

export async function findPayoutAccount(
  queries: Queries,
  marketplaceId: string,
  payoutAccountId: string,
): Promise<PayoutAccountRow | undefined> {
  return queries.row<PayoutAccountRow>(sql`
    select ${COLUMNS} from payments.payout_account where marketplace_id = ${marketplaceId} and id = ${payoutAccountId}`);
}

/** The same, locked until the transaction ends: tries are counted one after the other. */
export async function lockPayoutAccount(
  tx: Transaction,
  payoutAccountId: string,
): Promise<PayoutAccountRow | undefined> {
  return tx.row<PayoutAccountRow>(sql`
    select ${COLUMNS} from payments.payout_account
    where marketplace_id = ${tx.marketplaceId} and id = ${payoutAccountId} for update`);
}

/**
 * Retires the account an owner had for a currency; answers its id. `hadVerified`: money could go to one before, so that
 * the new one is a change.
 */
export async function replacePayoutAccount(
  tx: Transaction,
  owner: OwnerRef,
  currency: Currency,
): Promise<{ replacedId: string | undefined; hadVerified: boolean }> {
  // One after the other: two that found the same account there would both put theirs in its place.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`payout_account ${tx.marketplaceId} ${owner.id} ${currency}`}, 0))`,
  );
  const replaced = await tx.row<{ id: string }>(sql`
    update payments.payout_account set state = 'replaced'
    where marketplace_id = ${tx.marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and currency = ${currency}
      and state <> 'replaced' returning id`);
  const { had } = await tx.one<{ had: boolean }>(sql`
    select exists (
      select from payments.payout_account
      where marketplace_id = ${tx.marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and currency = ${currency}
        and verified_time is not null
    ) as had`);
  return { replacedId: replaced?.id, hadVerified: had };
}

export async function insertPayoutAccount(
  tx: Transaction,
  row: Omit<PayoutAccountRow, 'state' | 'tries' | 'failure_reason' | 'verified_time'>,
): Promise<PayoutAccountRow> {
  return tx.one<PayoutAccountRow>(sql`
    insert into payments.payout_account (marketplace_id, id, owner_kind, owner_id, member_id, currency, kind, bank_name, holder_name,
      last4, sealed, fingerprint, verification, screening, usable_time, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.owner_kind}, ${row.owner_id}, ${row.member_id}, ${row.currency}, ${row.kind},
      ${row.bank_name}, ${row.holder_name}, ${row.last4}, ${row.sealed}, ${row.fingerprint}, ${row.verification},
      ${JSON.stringify(row.screening)}, ${row.usable_time}, ${row.created_time})
    returning ${COLUMNS}`);
}

/** Writes how an account's verification stands. One that was replaced meanwhile stays so. */
export async function judgePayoutAccount(
  tx: Transaction,
  payoutAccountId: string,
  judged: { state: 'unverified' | 'verified' | 'failed'; tries: number; failureReason: string | null; time: Date },
): Promise<PayoutAccountRow | undefined> {
  const verifiedTime = judged.state === 'verified' ? judged.time : null;
  return tx.row<PayoutAccountRow>(sql`
    update payments.payout_account set state = ${judged.state}, tries = ${judged.tries}, failure_reason = ${judged.failureReason},
      verified_time = coalesce(verified_time, ${verifiedTime}::timestamptz)
    where marketplace_id = ${tx.marketplaceId} and id = ${payoutAccountId} and state <> 'replaced' returning ${COLUMNS}`);
}

/** Accounts that wait for an operator, oldest first. */
export async function listAccountsToAccept(queries: Queries, marketplaceId: string): Promise<PayoutAccountRow[]> {
  return queries.rows<PayoutAccountRow>(sql`
    select ${COLUMNS} from payments.payout_account
    where marketplace_id = ${marketplaceId} and state = 'unverified' and verification = 'operator'
    order by created_time limit ${TO_ACCEPT_MAX}`);
}

/** Whether another owner is paid to the same account: one person with two names, or none of it. */
export async function isSharedAccount(
  queries: Queries,
  marketplaceId: string,
  { fingerprint, member_id: memberId }: Pick<PayoutAccountRow, 'fingerprint' | 'member_id'>,
): Promise<boolean> {
  const { shared } = await queries.one<{ shared: boolean }>(sql`
    select exists (
      select from payments.payout_account
      where marketplace_id = ${marketplaceId} and fingerprint = ${fingerprint} and member_id <> ${memberId}
    ) as shared`);
  return shared;
}

export function ownerOf(row: { owner_kind: PayoutOwnerKind; owner_id: string }) {
  return { ownerKind: row.owner_kind, ownerId: idFromUuid(row.owner_kind, row.owner_id) };
}

export function payoutAccountFrom(row: PayoutAccountRow): PayoutAccount {
  return {
    id: idFromUuid('payoutAccount', row.id),
    ...ownerOf(row),
    currency: row.currency,
    kind: row.kind,
    bankName: row.bank_name,
    holderName: row.holder_name,
    last4: row.last4,
    state: row.state === 'replaced' ? 'failed' : row.state,
    verification: row.verification,
    triesLeft: Math.max(TRIES_MAX - row.tries, 0),
    failureReason: row.state === 'replaced' ? 'replaced' : row.failure_reason,
    usableTime: row.usable_time.toISOString(),
    createdTime: row.created_time.toISOString(),
  };
}
