import { type Context, everyPage } from '@plaza/kernel';
import sql, { raw } from 'sql-template-tag';
import type { Database, Transaction } from './database/database.ts';

type Place = { readonly cursor?: string };
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** What a service learns from another. `table`: where it remembers how far it has come (marketplace_id, cursor, completed_time). */
export type Fill<Item> = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly table: string;
  ask(context: Context, place: Place): Promise<Page<Item>>;
  keep(tx: Transaction, items: readonly Item[]): Promise<void>;
};

/**
 * Learns what there was before a service ran, once for each marketplace, for a timer; where it was interrupted it goes on: a
 * page and the place behind it are kept together. What changes meanwhile comes by events, and versions decide.
 */
export function fillOnce<Item>({ database, clock, table, ask, keep }: Fill<Item>): (context: Context) => Promise<void> {
  const filled = new Set<string>();
  return async (context) => {
    const { marketplaceId } = context;
    if (filled.has(marketplaceId)) return;
    const known = await database
      .read(marketplaceId)
      .row<{ cursor: string | null; completed_time: Date | null }>(
        sql`select cursor, completed_time from ${raw(table)} where marketplace_id = ${marketplaceId}`,
      );
    if (known === undefined || known.completed_time === null) {
      for await (const { items, nextCursor } of everyPage((place) => ask(context, place), known?.cursor)) {
        await database.transaction(marketplaceId, async (tx) => {
          await keep(tx, items);
          const completedTime = nextCursor === null ? clock() : null;
          await tx.execute(sql`
            insert into ${raw(table)} (marketplace_id, cursor, completed_time)
            values (${marketplaceId}, ${nextCursor}, ${completedTime})
            on conflict (marketplace_id) do update set cursor = excluded.cursor, completed_time = excluded.completed_time`);
        });
      }
    }
    filled.add(marketplaceId);
  };
}
