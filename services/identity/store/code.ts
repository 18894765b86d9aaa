import { type Queries, sql } from '@plaza/runtime';

/**
 * Remembers that a code was given, whatever comes of it; false where it was given before. `id` stands for the account
 * and the code: the database takes it once, so of two requests with one code only one gets it.
 */
export async function takeCode(queries: Queries, id: string, now: Date, untilTime: Date): Promise<boolean> {
  const taken = await queries.row(sql`
    insert into identity.verification as v (id, identifier, value, expires_at)
    values (${id}, 'totp-code', '', ${untilTime})
    on conflict (id) do update set expires_at = excluded.expires_at where v.expires_at <= ${now}
    returning id`);
  return taken !== undefined;
}

/** Whose second step a challenge of better-auth's asks for: an identifier, and behind a point its signature. */
export async function findChallenged(queries: Queries, challenge: string): Promise<string | undefined> {
  const [identifier] = challenge.split('.');
  const row = await queries.row<{ value: string }>(
    sql`select value from identity.verification where identifier = ${identifier ?? ''}`,
  );
  return row?.value;
}
