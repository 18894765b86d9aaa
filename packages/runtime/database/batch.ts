import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/** What one statement answered. */
export type Result = {
  readonly rows: readonly unknown[];
  /** How many rows were touched or read. */
  readonly rowCount: number;
  /** As PostgreSQL names it: `SELECT`, `INSERT`, `COMMIT`, … */
  readonly command: string;
};

/** A statement that was prepared on its connection before, and how its rows are read. */
export type Prepared = { readonly name: string; readonly values: readonly unknown[]; readonly read: RowReader };

/** Makes an object of a row as PostgreSQL sends it: a text or null for each column. */
export type RowReader = (texts: readonly (string | null)[]) => unknown;

/** What of node-postgres's connection is needed to send statements that are prepared there already. */
type Wire = {
  bind(message: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void;
  execute(message: Record<never, never>): void;
  sync(): void;
};

/**
 * Prepared statements sent in one go and answered in one go. There is one Sync, behind all of them: one that fails makes
 * PostgreSQL skip the others, and outside of BEGIN and COMMIT all of them are one transaction
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). Columns are not asked for again, and
 * rows are read by code made for them: node-postgres's own query costs a server several times as much.
 */
export class Batch extends pg.Query {
  readonly #statements: readonly Prepared[];
  readonly #results: Result[] = [];
  #rows: unknown[] = [];
  #unreadable: Error | undefined;
  callback: (error: Error | null, results?: readonly Result[]) => void;

  constructor(statements: readonly Prepared[], done: (error: Error | null, results?: readonly Result[]) => void) {
    super('');
    this.#statements = statements;
    this.callback = done;
  }

  requiresPreparation(): boolean {
    return true;
  }

  prepare(wire: Wire): void {
    try {
      for (const { name, values } of this.#statements) {
        wire.bind({ statement: name, values, valueMapper: prepareValue });
        wire.execute({});
      }
    } catch (error) {
      // A value that cannot be sent: whatever of the batch was sent is rolled back by a statement nobody prepared.
      this.#unreadable = error as Error;
      wire.bind({ statement: 'plaza_unsendable', values: [], valueMapper: prepareValue });
    }
    wire.sync();
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    try {
      this.#rows.push(this.#statements[this.#results.length]?.read(fields));
    } catch (error) {
      this.#unreadable ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const [command = '', ...numbers] = text.split(' ');
    this.#results.push({ rows: this.#rows, rowCount: Number(numbers.at(-1) ?? 0), command });
    this.#rows = [];
  }

  handleError(error: Error): void {
    this.callback(this.#unreadable ?? error);
  }

  handleReadyForQuery(): void {
    if (this.#unreadable === undefined) this.callback(null, this.#results);
    else this.callback(this.#unreadable);
  }
}

const readers = new Map<string, RowReader>();

/**
 * Code that reads rows of these columns. Written out, so that every row is an object of one shape whose columns are at
 * known places; all that comes into the code are our own statements' column names, as JSON.
 */
export function rowReader(columns: readonly pg.FieldDef[]): RowReader {
  const signature = JSON.stringify(columns.map(({ name, dataTypeID }) => [name, dataTypeID]));
  const known = readers.get(signature);
  if (known !== undefined) return known;
  const parsers = columns.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text'));
  const parts = columns.map(
    ({ name }, i) => `${JSON.stringify(name)}: texts[${i}] === null ? null : parse${i}(texts[${i}])`,
  );
  const make = new Function(...parsers.map((_, i) => `parse${i}`), `return (texts) => ({ ${parts.join(', ')} });`);
  const reader = make(...parsers) as RowReader;
  readers.set(signature, reader);
  return reader;
}
