import { createHash } from 'node:crypto';
import { commonErrors, invariant } from '@plaza/kernel';
import pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { Batch, type Prepared, type Result, type RowReader, rowReader } from './batch.ts';

/** Whose rows a connection sees: one marketplace's, or, for the runtime's own tables only, everyone's (`system`). */
export type Scope = { readonly marketplaceId: string; readonly isSystem: boolean };

export type PoolOptions = {
  readonly url: string;
  /** Most connections at once. */
  readonly connectionsMax: number;
  /** The role to become after connecting, when the given user is an owner whom row-level security would not hold. */
  readonly role?: string;
  /** Told of connections that were lost or could not be had. */
  readonly onError: (error: Error) => void;
};

pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint beyond 2^53 read from the database: ${text}`);
  return number;
});

/** More prepared statements than this on one connection would cost PostgreSQL more memory than they save time. */
const STATEMENT_NAMES_MAX = 1_000;

const BEGIN = sql`begin`;
const COMMIT = sql`commit`;

/** Connections for the runtime's own statements, beside `connectionsMax`. */
const SYSTEM_CONNECTIONS_MAX = 2;

/**
 * Connections that remember their marketplace. Row-level security reads a session setting; a connection keeps it
 * between uses and is only told anew when the marketplace differs, so that the common read is one statement and
 * needs no transaction. The setting is always made before the first query of a new scope, never after.
 */
export class ScopedPool {
  readonly #pool: pg.Pool;
  /** For the runtime's own few statements, which are of no marketplace: on shared connections each would cost a change of scope. */
  readonly #systemPool: pg.Pool;
  readonly #scopes = new WeakMap<pg.PoolClient, string>();
  readonly #names = new Map<string, string>();
  /** The statements that are prepared on a connection, with how their rows are read. */
  readonly #readers = new WeakMap<pg.PoolClient, Map<string, RowReader>>();
  /** Statements sent so far. Tests count the difference: a hot route has a known number. */
  statementsSent = 0;

  readonly #onError: PoolOptions['onError'];

  constructor(options: PoolOptions) {
    this.#onError = options.onError;
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
    for (const pool of [this.#pool, this.#systemPool]) {
      // Each connection tells itself that it was lost, lent or not; nobody listening, it would end the process.
      pool.on('connect', (client) => {
        // While we close our connections a server that stops, too, may cut them: that is no error.
        client.on('error', (error) => pool.ending || options.onError(error));
      });
      pool.on('error', () => {});
    }
  }

  /** Lends a connection for `work`, its scope set. A connection on which `work` broke the protocol is thrown away. */
  async use<T>(scope: Scope, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#lend(scope);
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

  /** @throws UNAVAILABLE when the database cannot be reached, or has no connection to spare for too long: nothing was done then */
  async #lend(scope: Scope): Promise<pg.PoolClient> {
    try {
      return await (scope.isSystem ? this.#systemPool : this.#pool).connect();
    } catch (error) {
      this.#onError(error as Error);
      throw commonErrors.UNAVAILABLE({}, { cause: error });
    }
  }

  /** Runs one statement, prepared under a name derived from its text. */
  async query(client: pg.PoolClient, statement: Sql): Promise<Result> {
    const [result] = await this.#send(client, [statement]);
    return result as Result;
  }

  /**
   * Runs `work` in a transaction, and sends what it leaves for last with the commit, all at once. Answers the results of
   * those last statements too. Work that sends nothing itself has only its last statements sent; with none it costs nothing.
   */
  async transaction<T>(
    scope: Scope,
    work: (send: (statement: Sql) => Promise<Result>) => Promise<{ answer: T; last: readonly Sql[] }>,
  ): Promise<{ answer: T; results: readonly Result[] }> {
    return this.use(scope, async (client) => {
      let opening: Promise<Result> | undefined;
      let isOver = false;
      // Work that does several things at once (Promise.all) ends with the first that fails. What another sends after that
      // would run outside of any transaction, or in somebody else's.
      const beInTime = (): void => invariant(!isOver, 'a statement was sent after its transaction had ended');
      const send = async (statement: Sql): Promise<Result> => {
        beInTime();
        if (opening === undefined) {
          opening = this.#send(client, [BEGIN, statement]).then(([, first]) => first as Result);
          return opening;
        }
        // Statements sent at the same time wait for the first one: it opens the transaction.
        await opening;
        beInTime();
        return this.query(client, statement);
      };
      try {
        const { answer, last } = await work(send);
        isOver = true;
        if (opening === undefined) return { answer, results: last.length === 0 ? [] : await this.#alone(client, last) };
        return { answer, results: committed(await this.#send(client, [...last, COMMIT])) };
      } catch (error) {
        isOver = true;
        if (opening !== undefined) {
          // The first statement may be on its way still, and belongs before the rollback.
          await opening.catch(() => {});
          // The connection may be gone; then there is nothing to roll back and the first error is the one to tell.
          await client.query('rollback').catch(() => {});
        }
        throw error;
      }
    });
  }

  async end(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#systemPool.end()]);
  }

  /** Statements that are a transaction of their own. Sent in one go they are one without BEGIN and COMMIT. */
  async #alone(client: pg.PoolClient, statements: readonly Sql[]): Promise<readonly Result[]> {
    const isOneGo = statements.length === 1 || this.#preparedOn(client, statements) !== undefined;
    if (isOneGo) return this.#send(client, statements);
    try {
      return committed(await this.#send(client, [BEGIN, ...statements, COMMIT])).slice(1);
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }

  /** Sends statements in one go; one by one, in their order, where some are new to the connection. */
  async #send(client: pg.PoolClient, statements: readonly Sql[]): Promise<readonly Result[]> {
    this.statementsSent += statements.length;
    const prepared = this.#preparedOn(client, statements);
    if (prepared === undefined) {
      const results: Result[] = [];
      for (const statement of statements) results.push(await this.#prepare(client, statement));
      return results;
    }
    try {
      return await new Promise((resolve, reject) => {
        client.query(new Batch(prepared, (error, results = []) => (error === null ? resolve(results) : reject(error))));
      });
    } catch (error) {
      // The trace of who sent it, in the place of that of the socket it was heard on.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }

  /** The statements as they are sent again, if the connection knows all of them. */
  #preparedOn(client: pg.PoolClient, statements: readonly Sql[]): Prepared[] | undefined {
    const known = this.#readers.get(client);
    const prepared: Prepared[] = [];
    for (const { text, values } of statements) {
      const name = this.#nameOf(text);
      const read = name === undefined ? undefined : known?.get(name);
      if (name === undefined || read === undefined) return undefined;
      prepared.push({ name, values, read });
    }
    return prepared;
  }

  /** Runs a statement by node-postgres itself, which prepares it, and learns how its rows are read. */
  async #prepare(client: pg.PoolClient, { text, values }: Sql): Promise<Result> {
    const name = this.#nameOf(text);
    const result = await client.query(name === undefined ? { text, values } : { name, text, values });
    if (name !== undefined) {
      const known = this.#readers.get(client) ?? new Map<string, RowReader>();
      this.#readers.set(client, known.set(name, rowReader(result.fields)));
    }
    return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command };
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

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= STATEMENT_NAMES_MAX) return undefined;
    const name = `p${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
    this.#names.set(text, name);
    return name;
  }
}

/** The results before the commit. PostgreSQL ends a transaction in which something failed by a rollback, and calls that a success. */
function committed(results: readonly Result[]): readonly Result[] {
  invariant(results.at(-1)?.command === 'COMMIT', 'a transaction in which a statement failed does not commit');
  return results.slice(0, -1);
}

function isConnectionLost(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  // Class 08: connection exception; 57P: the server is going away (https://www.postgresql.org/docs/18/errcodes-appendix.html).
  return (
    code.startsWith('08') || code.startsWith('57P') || /Connection terminated|ECONNRESET|EPIPE/.test(String(error))
  );
}
