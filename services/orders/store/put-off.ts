import { type Sql, sql } from '@plaza/runtime';

/**
 * When a row's turn comes: when it is due, or later once it was put off. An index has it so: row-level security would keep
 * `coalesce` from being looked up in one (decision 0046).
 */
export const turn = sql`greatest(due_time, retry_time)`;

/**
 * When the clock tries again what it could not move, by the row's own `retry_count`: the wait doubles from ten seconds up to
 * about three hours.
 */
export function laterThan(now: Date): Sql {
  return sql`${now}::timestamptz + (5 * 2 ^ least(retry_count + 1, 11)) * interval '1 second'`;
}
