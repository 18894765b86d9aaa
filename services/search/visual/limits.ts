import { type Context, commonErrors } from '@plaza/kernel';

/** Pictures that one caller may send within the window; guests without a token count as one caller a marketplace. */
const TRIES = { known: 30, unknown: 300 } as const;
const WINDOW_MS = 10 * 60_000;
/** Pictures looked at at once: unpacking one may take 300 MB for a moment. */
const AT_ONCE = 3;
/** Callers remembered; the oldest are forgotten first. */
const CALLERS_MAX = 10_000;

export type PictureLimits = {
  /** Counts one try; RATE_LIMITED when there were too many. */
  count(context: Context): void;
  /** Does what is costly; RATE_LIMITED when too much of it is being done. */
  within<Made>(work: () => Promise<Made>): Promise<Made>;
};

/** Keeps searches by picture from taking all of a process: it counts in memory, each process for itself. */
export function createPictureLimits(clock: () => Date): PictureLimits {
  const tries = new Map<string, { count: number; endMs: number }>();
  let running = 0;
  return {
    count({ marketplaceId, actor }) {
      const caller = actor.kind === 'member' ? actor.memberId : actor.kind === 'guest' ? actor.guestId : undefined;
      const key = `${marketplaceId} ${caller ?? ''}`;
      const nowMs = clock().getTime();
      const held = tries.get(key);
      const current = held === undefined || held.endMs <= nowMs ? { count: 0, endMs: nowMs + WINDOW_MS } : held;
      tries.delete(key);
      tries.set(key, { ...current, count: current.count + 1 });
      if (tries.size > CALLERS_MAX) tries.delete(tries.keys().next().value as string);
      if (current.count >= TRIES[caller === undefined ? 'unknown' : 'known']) throw commonErrors.RATE_LIMITED({});
    },
    async within(work) {
      if (running >= AT_ONCE) throw commonErrors.RATE_LIMITED({});
      running++;
      try {
        return await work();
      } finally {
        running--;
      }
    },
  };
}
