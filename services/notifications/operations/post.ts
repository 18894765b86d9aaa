import type { Platform } from '@plaza/runtime';
import { type Letter, postponeLetters } from '../store/letter.ts';
import { sendClaimed, sendLetters } from './send-letters.ts';

/** Sends what was just written. */
export type Post = {
  /** Whether it takes so many letters of a marketplace from here. They are written as claimed by it then. */
  takes(marketplaceId: string, count: number): boolean;
  take(marketplaceId: string, letters: readonly Letter[]): void;
  /** Says that letters are due that nobody has claimed. */
  wake(marketplaceId: string): void;
  /** Resolves when nothing of a marketplace is being sent. */
  settled(marketplaceId: string): Promise<void>;
  /** Sends no more after what is on its way; the others are due to whoever comes. */
  stop(): Promise<void>;
};

/** Letters of a marketplace in hand: few enough to be gone before their claim is, however slow the provider. */
const HANDED_MAX = 50;

type Round = { readonly letters: Letter[]; isDue: boolean; running: Promise<void> | undefined };

/**
 * Sends letters from memory as soon as what wrote them has committed. They are claimed already, so nobody else sends them
 * meanwhile; what is too much at once is claimed from the table, and the timer is for what failed or what a killed process
 * left.
 */
export function openPost(platform: Platform): Post {
  const { database, clock, log } = platform;
  const rounds = new Map<string, Round>();
  let isStopped = false;

  const roundOf = (marketplaceId: string): Round => {
    const round = rounds.get(marketplaceId) ?? { letters: [], isDue: false, running: undefined };
    rounds.set(marketplaceId, round);
    return round;
  };
  const send = async (marketplaceId: string, round: Round): Promise<void> => {
    try {
      while (!isStopped && (round.letters.length > 0 || round.isDue)) {
        await sendClaimed(platform, marketplaceId, round.letters.splice(0));
        if (!round.isDue || isStopped) continue;
        round.isDue = false;
        await sendLetters(platform, marketplaceId);
      }
    } catch (error) {
      // They are due again when their claim has passed.
      round.letters.splice(0);
      log.warn({ code: (error as { code?: string }).code }, 'letters could not be sent; the timer will');
    } finally {
      round.running = undefined;
    }
  };
  const run = (marketplaceId: string, round: Round): void => {
    round.running ??= send(marketplaceId, round);
  };

  return {
    takes: (marketplaceId, count) => !isStopped && roundOf(marketplaceId).letters.length + count <= HANDED_MAX,
    take(marketplaceId, letters) {
      const round = roundOf(marketplaceId);
      round.letters.push(...letters);
      run(marketplaceId, round);
    },
    wake(marketplaceId) {
      const round = roundOf(marketplaceId);
      round.isDue = true;
      run(marketplaceId, round);
    },
    settled: async (marketplaceId) => rounds.get(marketplaceId)?.running,
    async stop() {
      isStopped = true;
      await Promise.all([...rounds.values()].map(({ running }) => running));
      for (const [marketplaceId, { letters }] of rounds) {
        const ids = letters.splice(0).map(({ id }) => id);
        if (ids.length > 0) await postponeLetters(database.read(marketplaceId), marketplaceId, ids, clock());
      }
    },
  };
}
