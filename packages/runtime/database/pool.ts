import { createHash } from 'node:crypto';
import { invariant } from '@plaza/kernel';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { BEGIN, OpeningQuery } from './opening-query.ts';

/** Whose rows a connection sees: one marketplace's, or, for the runtime's own tables only, everyone's (`system`). */
export type Scope = { readonly marketplaceId: string; readonly isSystem: boolean };

export type PoolOptions = {
  readonly url: string;
  /** Most connections at once. */
  readonly connectionsMax: number;
  /** The role to become after connecting, when the given user is an owner whom row-level security would not hold. */
  readonly role?: string;
  readonly onError: (error: Error) => void;
};

pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint beyond 2^53 read from the database: ${text}`);
  return number;
});

/** More prepared statements than this on one connection would cost PostgreSQL more memory than they save time. */
const STATEMENT_NAMES_MAX = 1_000;

/** Connections for the runtime's own statements, beside `connectionsMax`. */
const SYSTEM_CONNECTIONS_MAX = 2;

/**
 * Connections that remember their marketplace. Row-level security reads a session setting; a connection keeps it
 * between uses and is only told anew when the marketplace differs, so that the common read is one statement and
 * needs no transaction. The setting is always made before the first query of a new scope, never after.
 */
export class ScopedPool {
  readonly #pool: pg.Pool;
  /** The runtime's own few statements, apart: they would tell connections their marketplace anew all the time. */
  readonly #systemPool: pg.Pool;
  readonly #scopes = new WeakMap<pg.PoolClient, string>();
  readonly #names = new Map<string, string>();
  /** Connections on which BEGIN is prepared. */
  readonly #openers = new WeakSet<pg.PoolClient>();
  /** Statements sent so far. Tests count the difference: a hot route has a known number. */
  statementsSent = 0;

  constructor(options: PoolOptions) {
    const settings: pg.PoolConfig = {
      connectionString: options.url,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      application_name: 'plaza',
      // Statements that are sent together need not wait for one another's answers.
      pipeline: true,
      ...(options.role === undefined ? {} : { options: `-c role=${options.role}` }),
    };
    this.#pool = new pg.Pool({ ...settings, max: options.connectionsMax });
    this.#systemPool = new pg.Pool({ ...settings, max: SYSTEM_CONNECTIONS_MAX });
    for (const pool of [this.#pool, this.#systemPool]) pool.on('error', options.onError);
  }

  /** Lends a connection for `work`, its scope set. A connection on which `work` broke the protocol is thrown away. */
  async use<T>(scope: Scope, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await (scope.isSystem ? this.#systemPool : this.#pool).connect();
    let broken: Error | undefined;
    try {
      await this.#enter(client, scope);
      return await work(client);
    } catch (error) {
      if (isConnectionLost(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Runs one statement, prepared under a name derived from its text. */
  async query(client: pg.PoolClient, statement: Sql): Promise<pg.QueryResult> {
    this.statementsSent++;
    return client.query(this.#prepared(statement));
  }

  /**
   * Runs `work` in a transaction, and sends what it leaves for last with the commit, all at once. Answers the results of
   * those last statements too. Work that sends nothing costs nothing.
   */
  async transaction<T>(
    scope: Scope,
    work: (send: (statement: Sql) => Promise<pg.QueryResult>) => Promise<{ answer: T; last: readonly Sql[] }>,
  ): Promise<{ answer: T; results: readonly pg.QueryResult[] }> {
    return this.use(scope, async (client) => {
      let opening: Promise<pg.QueryResult> | undefined;
      const send = async (statement: Sql): Promise<pg.QueryResult> => {
        if (opening === undefined) {
          opening = this.#begin(client, statement);
          return opening;
        }
        // Statements sent at the same time wait for the first one: it opens the transaction.
        await opening;
        return this.query(client, statement);
      };
      try {
        const { answer, last } = await work(send);
        const [first, ...others] = last;
        if (opening !== undefined) return { answer, results: await this.#commit(client, last) };
        if (first === undefined) return { answer, results: [] };
        return { answer, results: [await send(first), ...(await this.#commit(client, others))] };
      } catch (error) {
        // The connection may be gone; then there is nothing to roll back and the first error is the one to tell.
        if (opening !== undefined) await client.query('rollback').catch(() => {});
        throw error;
      }
    });
  }

  async end(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#systemPool.end()]);
  }

  async #begin(client: pg.PoolClient, first: Sql): Promise<pg.QueryResult> {
    this.statementsSent++;
    if (!this.#openers.has(client)) {
      await client.query(BEGIN);
      this.#openers.add(client);
      return this.query(client, first);
    }
    this.statementsSent++;
    return new Promise((resolve, reject) => {
      const callback = (error: Error | null | undefined, results: unknown) => {
        if (error) reject(error);
        else resolve((results as pg.QueryResult[]).at(-1) as pg.QueryResult);
      };
      client.query(new OpeningQuery(this.#prepared(first), callback));
    });
  }

  /** Sends the last statements and the commit together: one that fails turns the commit into a rollback. */
  async #commit(client: pg.PoolClient, last: readonly Sql[]): Promise<pg.QueryResult[]> {
    this.statementsSent++;
    const { stream } = client.connection;
    stream.cork();
    const sent = Promise.all([...last.map((statement) => this.query(client, statement)), client.query('commit')]);
    stream.uncork();
    const results = await sent;
    // PostgreSQL ends a transaction in which something failed by a rollback, and calls that a success.
    invariant(results.pop()?.command === 'COMMIT', 'a transaction in which a statement failed does not commit');
    return results;
  }

  async #enter(client: pg.PoolClient, scope: Scope): Promise<void> {
    const tag = `${scope.isSystem ? 'system' : 'marketplace'}:${scope.marketplaceId}`;
    if (this.#scopes.get(client) === tag) return;
    this.#scopes.delete(client);
    await client.query({
      name: 'plaza_scope',
      text: "select set_config('plaza.marketplace_id', $1, false), set_config('plaza.system', $2, false)",
      values: [scope.marketplaceId, scope.isSystem ? 'on' : 'off'],
    });
    this.#scopes.set(client, tag);
  }

  #prepared({ text, values }: Sql): pg.QueryConfig {
    const name = this.#nameOf(text);
    return name === undefined ? { text, values } : { name, text, values };
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= STATEMENT_NAMES_MAX) return undefined;
    const name = `p${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
    this.#names.set(text, name);
    return name;
  }
}

function isConnectionLost(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  // Class 08: connection exception; 57P: the server is going away (https://www.postgresql.org/docs/18/errcodes-appendix.html).
  return (
    code.startsWith('08') || code.startsWith('57P') || /Connection terminated|ECONNRESET|EPIPE/.test(String(error))
  );
}
