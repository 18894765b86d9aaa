import { createHmac } from 'node:crypto';
import { commonErrors } from '@plaza/kernel';
import { type Database, sql } from '@plaza/runtime';

/** Tries on one account, or codes to one number, before the next must wait. */
const LIMITS = { password: 20, code: 20, letter: 5, sms: 5 } as const;
const WINDOW_SECONDS = 15 * 60;

export type AttemptKind = keyof typeof LIMITS;

/** Counts tries per account (not per network address: a whole campus may share one). */
export type Attempts = {
  /** Counts one try; RATE_LIMITED when there were too many. The count and its check are one statement. */
  count(kind: AttemptKind, subject: string): Promise<void>;
  /** Forgets the tries: this one was right. */
  forget(kind: AttemptKind, subject: string): Promise<void>;
};

export function createAttempts(
  database: Database,
  marketplaceId: string,
  signingKey: string,
  clock: () => Date,
): Attempts {
  const keyOf = (kind: AttemptKind, subject: string) =>
    createHmac('sha256', signingKey).update(`attempt\n${kind}\n${subject.toLowerCase()}`).digest();
  return {
    async count(kind, subject) {
      const now = clock();
      const windowEnd = new Date(now.getTime() + WINDOW_SECONDS * 1000);
      const { count } = await database.read(marketplaceId).one<{ count: number }>(sql`
        insert into identity.attempt as a (marketplace_id, key, count, window_end_time)
        values (${marketplaceId}, ${keyOf(kind, subject)}, 1, ${windowEnd})
        on conflict (marketplace_id, key) do update set
          count = case when a.window_end_time <= ${now} then 1 else a.count + 1 end,
          window_end_time = case when a.window_end_time <= ${now} then excluded.window_end_time else a.window_end_time end
        returning count`);
      if (count > LIMITS[kind]) throw commonErrors.RATE_LIMITED({});
    },
    async forget(kind, subject) {
      await database
        .read(marketplaceId)
        .execute(
          sql`delete from identity.attempt where marketplace_id = ${marketplaceId} and key = ${keyOf(kind, subject)}`,
        );
    },
  };
}
