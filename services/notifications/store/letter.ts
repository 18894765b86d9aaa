import { newId, uuidFromId } from '@plaza/kernel';
import { sql, type Transaction } from '@plaza/runtime';

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

export async function insertLetter(tx: Transaction, letter: Omit<Letter, 'id' | 'attempts'>, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into notifications.letter (marketplace_id, id, channel, recipient, subject, text, html, next_attempt_time)
    values (${tx.marketplaceId}, ${uuidFromId(newId('notification'))}, ${letter.channel}, ${letter.recipient},
      ${letter.subject}, ${letter.text}, ${letter.html}, ${now})`);
}

/** Takes letters that are due and puts them off, so that no other process takes them while they are sent. */
export async function claimLetters(tx: Transaction, now: Date, until: Date, limit: number): Promise<Letter[]> {
  return tx.rows<Letter>(sql`
    update notifications.letter set attempts = attempts + 1, next_attempt_time = ${until}
    where marketplace_id = ${tx.marketplaceId} and id in (
      select id from notifications.letter where marketplace_id = ${tx.marketplaceId} and next_attempt_time <= ${now}
      order by next_attempt_time, id limit ${limit} for update skip locked)
    returning id, channel, recipient, subject, text, html, attempts`);
}

export async function deleteLetter(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`delete from notifications.letter where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}

export async function postponeLetter(tx: Transaction, id: string, until: Date): Promise<void> {
  await tx.execute(sql`
    update notifications.letter set next_attempt_time = ${until}
    where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}
