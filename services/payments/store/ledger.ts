import { type Currency, invariant, newId, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import { type AccountRef, accountUuid, PURPOSES, type Purpose, STRIPES } from '../domain/account.ts';
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

/** Accounts remembered as made. More than this, and a process that serves many stores asks the database again. */
const KNOWN_MAX = 100_000;

/** Opens accounts and posts transfers; nothing else writes entries and balances. Remembers which accounts exist, so that a sale need not ask. */
export class Ledger {
  readonly #known = new Set<string>();

  /**
   * Posts a transfer in the caller's transaction; false when its key was posted before. Nothing to move posts nothing.
   * An account that its sign forbids to be overdrawn fails the transaction with `balance_within_sign`.
   */
  async post(tx: Transaction, order: TransferOrder): Promise<boolean> {
    if (order.postings.length === 0) return false;
    await this.openIn(tx, order.currency, order.postings);
    const { posted } = await tx.one<{ posted: boolean }>(sql`select ${postingOf(tx.marketplaceId, order)} as posted`);
    return posted;
  }

  /** Posts several, in their order, by one statement: all that are new, or none. Answers how many were. */
  async postMany(tx: Transaction, orders: readonly TransferOrder[]): Promise<number> {
    const moving = orders.filter(({ postings }) => postings.length > 0);
    if (moving.length === 0) return 0;
    for (const [currency, refs] of accountsOf(moving)) await this.openIn(tx, currency, refs);
    const { posted } = await tx.one<{ posted: number }>(
      sql`select ${postingOfMany(tx.marketplaceId, moving)} as posted`,
    );
    return posted;
  }

  /** Makes the accounts of postings that this process has not seen yet, in the caller's transaction. */
  async openIn(tx: Transaction, currency: Currency, refs: readonly AccountRef[]): Promise<void> {
    const opened = await this.#open(tx, tx.marketplaceId, currency, refs);
    // Only a commit makes them certain: this transaction may still roll back.
    if (opened.length > 0) tx.afterCommit(() => this.#remember(opened));
  }

  /** The same at once, for a statement that is a transaction of its own. An account that stays empty harms nobody. */
  async openNow(
    queries: Queries,
    marketplaceId: string,
    currency: Currency,
    refs: readonly AccountRef[],
  ): Promise<void> {
    this.#remember(await this.#open(queries, marketplaceId, currency, refs));
  }

  /**
   * Locks what a store can spend and what it owes until the transaction ends, in minor units. Taken before any other
   * account of the store, so that operations that must know it first do not wait for one another in a circle.
   */
  async lockStore(
    tx: Transaction,
    storeId: string,
    currency: Currency,
  ): Promise<{ availableMinor: number; owedMinor: number }> {
    return this.lockOwner(tx, { available: 'seller_available', debt: 'seller_debt' }, storeId, currency);
  }

  /** The same for any owner, by the accounts of theirs that say it. */
  async lockOwner(
    tx: Transaction,
    purposes: { readonly available: Purpose; readonly debt: Purpose },
    ownerId: string,
    currency: Currency,
  ): Promise<{ availableMinor: number; owedMinor: number }> {
    const refs = [purposes.available, purposes.debt].map((purpose) => ({ purpose, ownerId }));
    const lines = refs.map((ref) => ({ ...ref, accountId: accountUuid(tx.marketplaceId, currency, ref) }));
    await this.openIn(tx, currency, refs);
    const rows = await tx.rows<{ account_id: string; balance_minor: number }>(sql`
      select account_id, balance_minor - pending_out_minor as balance_minor from payments.balance
      where account_id = any(${lines.map((line) => line.accountId)}::uuid[]) order by account_id for update`);
    const balanceOf = (purpose: Purpose) => {
      const accountId = lines.find((line) => line.purpose === purpose)?.accountId;
      const row = rows.find((each) => each.account_id === accountId);
      invariant(row !== undefined, `the ${purpose} account of an owner exists once it is opened`);
      return row.balance_minor;
    };
    return { availableMinor: balanceOf(purposes.available), owedMinor: Math.abs(balanceOf(purposes.debt)) };
  }

  /** Locks what a member's wallet can pay until the transaction ends, in minor units. */
  async lockWallet(tx: Transaction, memberId: string, currency: Currency): Promise<number> {
    const ref = { purpose: 'wallet', ownerId: memberId } as const;
    await this.openIn(tx, currency, [ref]);
    const row = await tx.one<{ available_minor: number }>(sql`
      select balance_minor - pending_out_minor as available_minor from payments.balance
      where account_id = ${accountUuid(tx.marketplaceId, currency, ref)} and stripe = 0 for update`);
    return row.available_minor;
  }

  async #open(
    queries: Queries,
    marketplaceId: string,
    currency: Currency,
    refs: readonly AccountRef[],
  ): Promise<string[]> {
    const accounts = refs
      .map(({ purpose, ownerId }) => ({
        id: accountUuid(marketplaceId, currency, { purpose, ownerId }),
        purpose,
        owner: PURPOSES[purpose].owner,
        owner_id: ownerId,
        sign: PURPOSES[purpose].sign,
        first_stripe: PURPOSES[purpose].isStriped ? 1 : 0,
        last_stripe: PURPOSES[purpose].isStriped ? STRIPES : 0,
      }))
      .filter(({ id }) => !this.#known.has(id));
    if (accounts.length === 0) return [];
    const wanted = JSON.stringify(accounts);
    await queries.execute(sql`
      with made as (
        insert into payments.account (id, marketplace_id, currency, owner, owner_id, purpose)
        select id, ${marketplaceId}, ${currency}, owner, owner_id, purpose
        from jsonb_to_recordset(${wanted}::jsonb) as a(id uuid, owner text, owner_id uuid, purpose text)
        order by id on conflict do nothing
      )
      insert into payments.balance (account_id, stripe, marketplace_id, currency, sign)
      select id, stripe, ${marketplaceId}, ${currency}, sign
      from jsonb_to_recordset(${wanted}::jsonb) as a(id uuid, sign smallint, first_stripe int, last_stripe int),
        generate_series(first_stripe, last_stripe) as stripe
      order by id, stripe on conflict do nothing`);
    return accounts.map(({ id }) => id);
  }

  #remember(accountIds: readonly string[]): void {
    if (this.#known.size + accountIds.length > KNOWN_MAX) this.#known.clear();
    for (const id of accountIds) this.#known.add(id);
  }
}

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

/** All lines on an account that is kept in stripes go to the same stripe, so that it is locked once for all of them. */
function postingOfMany(marketplaceId: string, orders: readonly TransferOrder[]): Sql {
  const transfers = orders.map((order) => ({ ...order, id: uuidFromId(newId('transfer')) }));
  const stripe = stripeOf(transfers[0]?.id ?? '');
  const lines = transfers.flatMap((transfer) =>
    linesOf(marketplaceId, transfer, stripe).map((line) => ({ ...line, transfer })),
  );
  return sql`payments.post_many(${marketplaceId}, ${transfers.map(({ id }) => id)}::uuid[],
    ${transfers.map(({ key }) => key)}::text[], ${transfers.map(({ kind }) => kind)}::text[],
    ${transfers.map(({ subject }) => subject.paymentId ?? null)}::uuid[], ${transfers.map(({ subject }) => subject.orderId ?? null)}::uuid[],
    ${transfers.map(({ subject }) => subject.groupId ?? null)}::uuid[], ${transfers.map(({ subject }) => subject.payoutId ?? null)}::uuid[],
    ${transfers.map(({ time }) => time)}::timestamptz[], ${lines.map(({ transfer }) => transfer.id)}::uuid[],
    ${lines.map((line) => line.accountId)}::uuid[], ${lines.map((line) => line.stripe)}::smallint[],
    ${lines.map(({ transfer }) => transfer.currency)}::text[], ${lines.map((line) => line.amountMinor)}::bigint[])`;
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

function accountsOf(orders: readonly TransferOrder[]): Map<Currency, AccountRef[]> {
  const refs = new Map<Currency, AccountRef[]>();
  for (const { currency, postings } of orders) {
    const inCurrency = refs.get(currency);
    if (inCurrency === undefined) refs.set(currency, [...postings]);
    else inCurrency.push(...postings);
  }
  return refs;
}

/** `pending_out_minor`: of the balance, what pending transfers keep back. */
export type BalanceRow = {
  currency: Currency;
  purpose: Purpose;
  balance_minor: number;
  pending_out_minor: number;
  version: number;
};

/** Every balance of a store. */
export async function readStoreBalances(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<BalanceRow[]> {
  return queries.rows<BalanceRow>(sql`
    select a.currency, a.purpose, b.balance_minor, b.pending_out_minor, b.version from payments.account a
    join payments.balance b on b.account_id = a.id
    where a.marketplace_id = ${marketplaceId} and a.owner_id = ${storeId} order by a.currency, a.purpose`);
}
