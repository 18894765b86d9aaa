import { setTimeout as delay } from 'node:timers/promises';
import { createClient, defineScript } from 'redis';
import type { Baseline } from '../domain/trend.ts';
import type { TrendBoard } from './board.ts';

/** Counted windows, and what is usual, are gone this long after their last change. */
const WINDOW_SECONDS = 3_600;
const BASELINE_SECONDS = 86_400;
/** A start waits no longer than this for Redis; the client goes on trying. */
const CONNECT_MS = 2_000;
/** Marks that one script call takes. */
const MARKS_MAX = 500;

/**
 * Adds each actor to the window's set, and to a thing's count only where they were new: both in one step of the server, so
 * that processes cannot count one actor twice. KEYS: the set, the scopes' names; ARGV: seconds to keep, the prefix of the
 * sorted sets, then scope, item and actor of each mark.
 */
const COUNT = defineScript({
  NUMBER_OF_KEYS: 2,
  SCRIPT: `
    for at = 3, #ARGV, 3 do
      local scope, item, actor = ARGV[at], ARGV[at + 1], ARGV[at + 2]
      if redis.call('SADD', KEYS[1], scope .. '\\n' .. item .. '\\n' .. actor) == 1 then
        redis.call('SADD', KEYS[2], scope)
        redis.call('ZINCRBY', ARGV[2] .. scope, 1, item)
        redis.call('EXPIRE', ARGV[2] .. scope, ARGV[1])
      end
    end
    redis.call('EXPIRE', KEYS[1], ARGV[1])
    redis.call('EXPIRE', KEYS[2], ARGV[1])
    return 1`,
  parseCommand(parser, seen: string, scopes: string, parts: readonly string[]) {
    parser.pushKey(seen);
    parser.pushKey(scopes);
    parser.push(...parts);
  },
  transformReply: (reply: number) => reply,
});

/** A board on Redis: a sorted set for each window and scope. `url`: `redis://…`. */
export async function createRedisBoard(url: string): Promise<TrendBoard> {
  // While Redis is away a command fails at once instead of waiting in memory: trends rest, nothing else does.
  const redis = createClient({ url, scripts: { countMarks: COUNT }, disableOfflineQueue: true });
  // A connection that breaks fails the command under way, which its caller hears of; the client connects again.
  redis.on('error', () => {});
  const connected = redis.connect().catch(() => undefined);
  await Promise.race([connected, delay(CONNECT_MS, undefined, { ref: false })]);
  const keyOf = (marketplaceId: string, ...parts: (string | number)[]) =>
    ['plaza:trends', marketplaceId, ...parts].join(':');

  return {
    async count(marketplaceId, windowMs, marks) {
      for (let from = 0; from < marks.length; from += MARKS_MAX) {
        const some = marks.slice(from, from + MARKS_MAX);
        await redis.countMarks(keyOf(marketplaceId, windowMs, 'seen'), keyOf(marketplaceId, windowMs, 'scopes'), [
          String(WINDOW_SECONDS),
          keyOf(marketplaceId, windowMs, 'people', ''),
          ...some.flatMap(({ scope, item, actorId }) => [scope, item, actorId]),
        ]);
      }
    },
    scopes: (marketplaceId, windowMs) => redis.sMembers(keyOf(marketplaceId, windowMs, 'scopes')),
    async top(marketplaceId, windowMs, scope, limit) {
      const key = keyOf(marketplaceId, windowMs, 'people', scope);
      const found = await redis.zRangeWithScores(key, 0, limit - 1, { REV: true });
      return found.map(({ value, score }) => ({ item: value, people: score }));
    },
    async baselines(marketplaceId, scope, items) {
      if (items.length === 0) return new Map();
      const found = await redis.hmGet(keyOf(marketplaceId, 'usual', scope), [...items]);
      return new Map(
        found.flatMap((text, at) =>
          text === null ? [] : [[items[at] as string, JSON.parse(text) as Baseline] as const],
        ),
      );
    },
    async saveBaselines(marketplaceId, scope, baselines) {
      if (baselines.size === 0) return;
      const key = keyOf(marketplaceId, 'usual', scope);
      const fields = Object.fromEntries([...baselines].map(([item, baseline]) => [item, JSON.stringify(baseline)]));
      await redis.hSet(key, fields);
      // Redis 7.4 forgets single fields; where it is older the whole goes once nothing was told for a day.
      await redis.expire(key, BASELINE_SECONDS);
    },
    /** Windows go by themselves. */
    async forget() {},
    async close() {
      redis.destroy();
    },
  };
}
