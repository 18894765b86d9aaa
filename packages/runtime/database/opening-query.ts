import pg from 'pg';

/** What of node-postgres's connection is needed to send a statement that is prepared there already. */
type Wire = { bind(message: { statement: string }): void; execute(message: Record<never, never>): void };
const { prepare } = pg.Query.prototype as unknown as { prepare(connection: Wire): void };

/** BEGIN as a prepared statement. A connection must have run it once before `OpeningQuery` can send it ahead. */
export const BEGIN = { name: 'plaza_begin', text: 'begin' };

/**
 * The first statement of a transaction with BEGIN ahead of it: one round trip for both. No Sync stands between them, so
 * should BEGIN fail, PostgreSQL skips the statement as well; it can never run outside of the transaction
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
 */
export class OpeningQuery extends pg.Query {
  prepare(connection: Wire): void {
    connection.bind({ statement: BEGIN.name });
    connection.execute({});
    prepare.call(this, connection);
  }
}
