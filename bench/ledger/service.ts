import { randomUUID } from 'node:crypto';
import { serviceContext } from '@plaza/kernel';
import { createDatabase, type Database, migrate, ScopedPool, sql } from '@plaza/runtime';
import { linkJournal } from '../../services/payments/operations/journal.ts';
import { Ledger } from '../../services/payments/store/ledger.ts';
import type { TransferOrder } from '../../services/payments/store/posting.ts';
import { tidy } from '../processes.ts';
import { watchCpu } from '../support/processor-time.ts';
import { ACCOUNTS, type Case, CLIENTS, type Figure, SECONDS } from './cases.ts';

const MARKETPLACE = 'bazaar';
/** Plans settle and stores' accounts are opened before measuring begins. */
const WARM_UP_SECONDS = 2;
/** Transactions of a run that linking is measured over have a bound too. */
const ROUNDS_MAX = 1_000;

/** The ledger as the payments service has it: its tables, its role, its row-level security, its code. */
export class ServiceLedger {
  readonly #databaseUrl: string;
  readonly #pool: ScopedPool;
  readonly #database: Database;
  readonly #ledger = new Ledger();
  readonly #storeIds = Array.from({ length: ACCOUNTS }, () => randomUUID());

  private constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
    this.#pool = new ScopedPool({
      url: databaseUrl,
      role: 'plaza_app',
      connectionsMax: CLIENTS,
      onError: () => {},
    });
    this.#database = createDatabase(this.#pool, 'payments');
  }

  static async open(databaseUrl: string): Promise<ServiceLedger> {
    const folder = new URL('../../services/payments/migrations/', import.meta.url);
    await migrate(databaseUrl, [{ schema: 'payments', folder }]);
    const opened = new ServiceLedger(databaseUrl);
    const purposes = ['escrow', 'seller_debt'] as const;
    const refs = opened.#storeIds.flatMap((ownerId) => purposes.map((purpose) => ({ purpose, ownerId })));
    await opened.#ledger.openNow(opened.#database.read(MARKETPLACE), MARKETPLACE, 'USD', [
      ...refs,
      { purpose: 'commission', ownerId: null },
    ]);
    return opened;
  }

  /** Posts as fast as `CLIENTS` callers can, each in a transaction of its own at a time. */
  async measure({ isHot, batch }: Case, postgresPid: number): Promise<Figure> {
    await this.#drive(isHot, batch, WARM_UP_SECONDS);
    await tidy(this.#databaseUrl);
    // Statistics are new, so plans are made anew: that is not measured either.
    await this.#drive(isHot, batch, WARM_UP_SECONDS);
    const used = watchCpu({ serverPid: process.pid, postgresPid });
    const { transfers, seconds } = await this.#drive(isHot, batch, SECONDS);
    const { server, postgres } = used();
    return { ratePerSecond: transfers / seconds, cpuMs: { node: server / transfers, postgres: postgres / transfers } };
  }

  /** Links into the chain what the measurements posted, for some seconds. */
  async measureLinking(postgresPid: number): Promise<Figure> {
    const count = async () => {
      const { links } = await this.#database
        .read(MARKETPLACE)
        .one<{ links: number }>(sql`select coalesce(max(sequence), 0)::bigint as links from payments.journal_link`);
      return links;
    };
    await tidy(this.#databaseUrl);
    const link = linkJournal({ database: this.#database, clock: () => new Date() });
    const before = await count();
    const used = watchCpu({ serverPid: process.pid, postgresPid });
    const startedAt = performance.now();
    for (let round = 0; round < ROUNDS_MAX && performance.now() - startedAt < SECONDS * 1000; round++) {
      await link(serviceContext('bench', MARKETPLACE, 'bench'));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { server, postgres } = used();
    const links = (await count()) - before;
    return { ratePerSecond: links / seconds, cpuMs: { node: server / links, postgres: postgres / links } };
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #drive(isHot: boolean, batch: number, forSeconds: number): Promise<{ transfers: number; seconds: number }> {
    const startedAt = performance.now();
    let transfers = 0;
    const caller = async () => {
      while (performance.now() - startedAt < forSeconds * 1000) {
        const orders = Array.from({ length: batch }, () => this.#orderOf(isHot));
        const posted = await this.#post(orders);
        // Not `+= await`: that adds to the number from before the wait, and forgets what other callers posted meanwhile.
        transfers += posted;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, caller));
    return { transfers, seconds: (performance.now() - startedAt) / 1000 };
  }

  async #post(orders: readonly TransferOrder[]): Promise<number> {
    const [order] = orders;
    if (orders.length > 1 || order === undefined) return this.#ledger.postMany(this.#database, MARKETPLACE, orders);
    return this.#database.transaction(MARKETPLACE, async (tx) => ((await this.#ledger.post(tx, order)) ? 1 : 0));
  }

  /** From a store to another, or all to the platform's commission. None is overdrawn: amounts only come into stores. */
  #orderOf(isHot: boolean): TransferOrder {
    const half = ACCOUNTS / 2;
    const some = (from: number) => this.#storeIds[from + Math.floor(Math.random() * half)] as string;
    const paymentId = randomUUID();
    return {
      key: `capture:${paymentId}`,
      kind: 'capture',
      subject: { paymentId },
      currency: 'USD',
      postings: [
        { purpose: 'escrow', ownerId: some(0), amountMinor: 10 },
        isHot
          ? { purpose: 'commission', ownerId: null, amountMinor: -10 }
          : { purpose: 'seller_debt', ownerId: some(half), amountMinor: -10 },
      ],
      time: new Date(),
    };
  }
}
