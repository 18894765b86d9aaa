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
  readonly attempts: number;
};

/** Writes a letter, when the transaction ends. */
export async function insertLetter(tx: Transaction, letter: Omit<Letter, 'id' | 'attempts'>, now: Date): Promise<void> {
  await tx.last.execute(sql`
    insert into notifications.letter (marketplace_id, id, channel, recipient, subject, text, html, next_attempt_time)
    values (${tx.marketplaceId}, ${uuidFromId(newId('notification'))}, ${letter.channel}, ${letter.recipient},
      ${letter.subject}, ${letter.text}, ${letter.html}, ${now})`);
}

/** Takes letters that are due and puts them off, so that no other process takes them while they are sent. */
export async function claimLetters(
  queries: Queries,
  marketplaceId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<Letter[]> {
  return queries.rows<Letter>(sql`
    update notifications.letter set attempts = attempts + 1, next_attempt_time = ${until}
    where marketplace_id = ${marketplaceId} and id in (
      select id from notifications.letter where marketplace_id = ${marketplaceId} and next_attempt_time <= ${now}
      order by next_attempt_time, id limit ${limit} for update skip locked)
    returning id, channel, recipient, subject, text, html, attempts`);
}

export async function deleteLetters(queries: Queries, marketplaceId: string, ids: readonly string[]): Promise<void> {
  await queries.execute(
    sql`delete from notifications.letter where marketplace_id = ${marketplaceId} and id = any(${ids})`,
  );
}

export async function postponeLetter(queries: Queries, marketplaceId: string, id: string, until: Date): Promise<void> {
  await queries.execute(sql`
    update notifications.letter set next_attempt_time = ${until}
    where marketplace_id = ${marketplaceId} and id = ${id}`);
}
