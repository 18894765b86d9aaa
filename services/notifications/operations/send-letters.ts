import type { Platform } from '@plaza/runtime';
import { claimLetters, deleteLetters, type Letter, postponeLetters } from '../store/letter.ts';

const BATCH_MAX = 50;
/** A process that died while sending is given up after this long; the letter is then sent again, at worst twice. */
const CLAIM_SECONDS = 120;
const RETRY_SECONDS_MAX = 3_600;
/** About a day of tries. After that the address or the provider is wrong for good. */
const ATTEMPTS_MAX = 30;

/** Until when letters that are claimed now are nobody else's. */
export function claimedUntil(now: Date): Date {
  return later(now, CLAIM_SECONDS);
}

/** Sends what is due in one marketplace. */
export async function sendLetters(platform: Platform, marketplaceId: string): Promise<void> {
  const queries = platform.database.read(marketplaceId);
  for (;;) {
    const now = platform.clock();
    const claim = { now, until: claimedUntil(now), late: later(now, 2 * RETRY_SECONDS_MAX), limit: BATCH_MAX };
    const letters = await claimLetters(queries, marketplaceId, claim);
    await sendClaimed(platform, marketplaceId, letters);
    if (letters.length < BATCH_MAX) return;
  }
}

/** Sends letters that are claimed. One that cannot be sent is tried again later and holds up no other. */
export async function sendClaimed(
  platform: Platform,
  marketplaceId: string,
  letters: readonly Letter[],
): Promise<void> {
  const ended: string[] = [];
  const together = platform.mail.togetherMax ?? letters.length;
  for (let start = 0; start < letters.length; start += together) {
    const sent = letters.slice(start, start + together).map(async (letter) => {
      if (await sendOne(platform, marketplaceId, letter)) ended.push(letter.id);
    });
    await Promise.all(sent);
  }
  if (ended.length > 0) await deleteLetters(platform.database.read(marketplaceId), marketplaceId, ended);
}

/** False: it stays, to be tried again. */
async function sendOne(platform: Platform, marketplaceId: string, letter: Letter): Promise<boolean> {
  const { database, mail, sms, log, clock } = platform;
  const { recipient: to, subject, text, html, unsubscribeUrl } = letter;
  try {
    if (letter.channel === 'sms') await sms.send({ marketplaceId, to, text });
    else {
      const more = { ...(html === null ? {} : { html }), ...(unsubscribeUrl === null ? {} : { unsubscribeUrl }) };
      await mail.send({ marketplaceId, to, subject, text, ...more });
    }
    return true;
  } catch (error) {
    const isGivenUp = letter.attempts >= ATTEMPTS_MAX;
    const code = (error as { code?: string }).code ?? 'unknown';
    log.warn({ letter: letter.id, attempts: letter.attempts, code, isGivenUp }, 'a letter could not be sent');
    if (isGivenUp) return true;
    const seconds = Math.min(2 ** letter.attempts, RETRY_SECONDS_MAX);
    await postponeLetters(database.read(marketplaceId), marketplaceId, [letter.id], later(clock(), seconds));
    return false;
  }
}

function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}
