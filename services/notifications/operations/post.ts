import type { Platform } from '@plaza/runtime';
import { type Letter, postponeLetters } from '../store/letter.ts';
import { sendClaimed } from './send-letters.ts';

/** Takes letters that were just written, and sends them. */
export type Post = {
  take(marketplaceId: string, letters: readonly Letter[]): void;
  /** Resolves when nothing of a marketplace is being sent. */
  settled(marketplaceId: string): Promise<void>;
  /** Sends no more after what is on its way; the others are due to whoever comes. */
  stop(): Promise<void>;
};

/** Letters of a marketplace that are sent in one go. */
const BATCH_MAX = 50;

/**
 * Sends letters from memory as soon as what wrote them has committed. They are claimed already, so nobody else sends them
 * meanwhile; the timer is for what failed, and for what a killed process left.
 */
export function openPost(platform: Platform): Post {
  const { database, clock, log } = platform;
  const waiting = new Map<string, Letter[]>();
  const running = new Map<string, Promise<void>>();
  let isStopped = false;

  const send = async (marketplaceId: string, letters: Letter[]): Promise<void> => {
    try {
      while (letters.length > 0 && !isStopped) await sendClaimed(platform, marketplaceId, letters.splice(0, BATCH_MAX));
    } catch (error) {
      log.warn({ code: (error as { code?: string }).code }, 'letters could not be sent; the timer will');
    } finally {
      running.delete(marketplaceId);
    }
  };

  return {
    take(marketplaceId, letters) {
      const all = waiting.get(marketplaceId) ?? [];
      waiting.set(marketplaceId, all);
      all.push(...letters);
      if (!running.has(marketplaceId)) running.set(marketplaceId, send(marketplaceId, all));
    },
    settled: async (marketplaceId) => running.get(marketplaceId),
    async stop() {
      isStopped = true;
      await Promise.all(running.values());
      for (const [marketplaceId, letters] of waiting) {
        const ids = letters.splice(0).map(({ id }) => id);
        if (ids.length > 0) await postponeLetters(database.read(marketplaceId), marketplaceId, ids, clock());
      }
    },
  };
}
