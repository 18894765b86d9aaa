import type { Platform } from '@plaza/runtime';
import { claimLetters, deleteLetter, type Letter, postponeLetter } from '../store/letter.ts';

const BATCH_MAX = 50;
/** A process that died while sending is given up after this long; the letter is then sent again, at worst twice. */
const CLAIM_SECONDS = 120;
const RETRY_SECONDS_MAX = 3_600;
/** About a day of tries. After that the address or the provider is wrong for good. */
const ATTEMPTS_MAX = 30;

/** Sends what is due in one marketplace. A letter that cannot be sent is tried again later and holds up no other. */
export async function sendLetters(platform: Platform, marketplaceId: string): Promise<void> {
  const { database, clock } = platform;
  for (;;) {
    const now = clock();
    const letters = await database.transaction(marketplaceId, (tx) =>
      claimLetters(tx, now, later(now, CLAIM_SECONDS), BATCH_MAX),
    );
    for (const letter of letters) await sendOne(platform, marketplaceId, letter);
    if (letters.length < BATCH_MAX) return;
  }
}

async function sendOne(platform: Platform, marketplaceId: string, letter: Letter): Promise<void> {
  const { database, mail, sms, log, clock } = platform;
  const { recipient: to, subject, text, html } = letter;
  try {
    if (letter.channel === 'sms') await sms.send({ marketplaceId, to, text });
    else await mail.send({ marketplaceId, to, subject, text, ...(html === null ? {} : { html }) });
  } catch (error) {
    const isGivenUp = letter.attempts >= ATTEMPTS_MAX;
    const code = (error as { code?: string }).code ?? 'unknown';
    log.warn({ letter: letter.id, attempts: letter.attempts, code, isGivenUp }, 'a letter could not be sent');
    if (!isGivenUp) {
      const seconds = Math.min(2 ** letter.attempts, RETRY_SECONDS_MAX);
      await database.transaction(marketplaceId, (tx) => postponeLetter(tx, letter.id, later(clock(), seconds)));
      return;
    }
  }
  await database.transaction(marketplaceId, (tx) => deleteLetter(tx, letter.id));
}

function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}
