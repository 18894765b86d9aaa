import { type Sql, sql } from '@plaza/runtime';

/**
 * When the clock tries again what it could not move, by the row's own `retry_count`: the wait doubles from ten seconds up to
 * about three hours.
 */
export function laterThan(now: Date): Sql {
  return sql`${now}::timestamptz + (5 * 2 ^ least(retry_count + 1, 11)) * interval '1 second'`;
}
