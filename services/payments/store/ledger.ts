import { type Currency, invariant } from '@plaza/kernel';
import { type Database, type Queries, sql, type Transaction } from '@plaza/runtime';
import { type AccountRef, accountUuid, PURPOSES, type Purpose, STRIPES } from '../domain/account.ts';
import { postingOf, type TransferOrder } from './posting.ts';
import { batchOf, postingOfBatch } from './posting-batch.ts';

/** Accounts remembered as made. More than this, and a process that serves many stores asks the database again. */
const KNOWN_MAX = 100_000;
/** Transfers posted by one statement. More would keep their accounts locked for longer than a sale may wait. */
const BATCH_MAX = 1_000;

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

  /**
   * Posts several in their order, all that are new or none, by one statement that is a transaction of its own: nothing
   * keeps their balances locked but the commit. Answers how many were new.
   */
  async postMany(database: Database, marketplaceId: string, orders: readonly TransferOrder[]): Promise<number> {
    invariant(orders.length <= BATCH_MAX, `at most ${BATCH_MAX} transfers are posted at once`);
    const queries = database.read(marketplaceId);
    let fresh = withKeysOnce(orders.filter(({ postings }) => postings.length > 0));
    while (fresh.length > 0) {
      const batch = batchOf(marketplaceId, fresh);
      for (const [currency, accounts] of Map.groupBy(batch.balances, (balance) => balance.currency)) {
        await this.openNow(queries, marketplaceId, currency, accounts);
      }
      try {
        await database.transaction(marketplaceId, async (tx) => {
          await tx.last.execute(postingOfBatch(marketplaceId, batch));
        });
        break;
      } catch (error) {
        if (!isKeyTaken(error)) throw error;
        // What took the key is committed, so that fewer are left each time.
        fresh = await withoutPosted(queries, marketplaceId, fresh);
      }
    }
    return fresh.length;
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
    refs: readonly (AccountRef & { readonly accountId?: string })[],
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

  async #open(
    queries: Queries,
    marketplaceId: string,
    currency: Currency,
    refs: readonly (AccountRef & { readonly accountId?: string })[],
  ): Promise<string[]> {
    const accounts = refs
      .map((ref) => ({ ...ref, id: ref.accountId ?? accountUuid(marketplaceId, currency, ref) }))
      .filter(({ id }) => !this.#known.has(id))
      .map(({ id, purpose, ownerId }) => ({
        id,
        purpose,
        owner: PURPOSES[purpose].owner,
        owner_id: ownerId,
        sign: PURPOSES[purpose].sign,
        first_stripe: PURPOSES[purpose].isStriped ? 1 : 0,
        last_stripe: PURPOSES[purpose].isStriped ? STRIPES : 0,
      }));
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

function withKeysOnce(orders: readonly TransferOrder[]): TransferOrder[] {
  const seen = new Set<string>();
  return orders.filter(({ key }) => !seen.has(key) && seen.add(key));
}

async function withoutPosted(
  queries: Queries,
  marketplaceId: string,
  orders: readonly TransferOrder[],
): Promise<TransferOrder[]> {
  const rows = await queries.rows<{ key: string }>(sql`
    select key from payments.transfer where marketplace_id = ${marketplaceId} and key = any(${orders.map(({ key }) => key)}::text[])`);
  const posted = new Set(rows.map(({ key }) => key));
  return orders.filter(({ key }) => !posted.has(key));
}

/** Whether it says that a transfer of that key is there (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
function isKeyTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'transfer_key';
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
