import { newId, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';

/** A mail or an SMS on its way out. */
export type Letter = {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly unsubscribeUrl: string | null;
  readonly attempts: number;
};

export type NewLetter = Omit<Letter, 'id' | 'attempts'>;

/** Writes letters, when the transaction ends: claimed until `claimedUntil` by whoever writes them, or due `now`. */
export async function insertLetters(
  tx: Transaction,
  letters: readonly NewLetter[],
  { now, claimedUntil }: { readonly now: Date; readonly claimedUntil?: Date | undefined },
): Promise<Letter[]> {
  const attempts = claimedUntil === undefined ? 0 : 1;
  const written = letters.map((letter) => ({ ...letter, id: uuidFromId(newId('notification')), attempts }));
  await tx.last.execute(sql`
    insert into notifications.letter (marketplace_id, id, channel, recipient, subject, text, html, unsubscribe_url,
      attempts, next_attempt_time)
    select ${tx.marketplaceId}, id, channel, recipient, subject, text, html, "unsubscribeUrl", attempts, ${claimedUntil ?? now}
    from json_to_recordset(${JSON.stringify(written)}::json)
      as l (id uuid, channel text, recipient text, subject text, text text, html text, "unsubscribeUrl" text,
        attempts int)`);
  return written;
}

/**
 * Takes letters that are due and puts them off, so that no other process takes them while they are sent. A letter that
 * waits until after `late`, longer than any ever does, was put off by a clock that was ahead, and is due too.
 */
export async function claimLetters(
  queries: Queries,
  marketplaceId: string,
  { now, until, late, limit }: { now: Date; until: Date; late: Date; limit: number },
): Promise<Letter[]> {
  return queries.rows<Letter>(sql`
    update notifications.letter set attempts = attempts + 1, next_attempt_time = ${until}
    where marketplace_id = ${marketplaceId} and id in (
      select id from notifications.letter where marketplace_id = ${marketplaceId} and (next_attempt_time <= ${now} or next_attempt_time > ${late})
      order by next_attempt_time, id limit ${limit} for update skip locked)
    returning id, channel, recipient, subject, text, html, unsubscribe_url as "unsubscribeUrl", attempts`);
}

export async function deleteLetters(queries: Queries, marketplaceId: string, ids: readonly string[]): Promise<void> {
  await queries.execute(
    sql`delete from notifications.letter where marketplace_id = ${marketplaceId} and id = any(${ids})`,
  );
}

export async function postponeLetters(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
  until: Date,
): Promise<void> {
  await queries.execute(sql`
    update notifications.letter set next_attempt_time = ${until}
    where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[])`);
}
