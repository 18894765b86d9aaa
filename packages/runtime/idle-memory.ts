import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** How long a thread is looked at for each judgment. */
const LOOK_MS = 2_000;
/** The share of that time a thread at rest may work: timers and heartbeats go on even then. */
const REST_UTILIZATION_MAX = 0.05;
/** So much must have been added since: collecting stops the thread for some tenths of a second. */
const GROWN_BYTES_MIN = 16 * 2 ** 20;
/** The shortest time between two collections, so that a visitor who comes now and then does not meet one each time. */
const PAUSE_MS = 300_000;

/** What a thread held after it last gave memory back, in bytes, and when that was, in milliseconds. */
export type GivenBack = { readonly leftBytes: number; readonly at: number };

export const NOTHING_GIVEN_BACK: GivenBack = { leftBytes: 0, at: -PAUSE_MS };

/** Whether a thread at rest holds so much more than after it last gave memory back that it should again. */
export function isDue(last: GivenBack, seen: { utilization: number; heldBytes: number; now: number }): boolean {
  const isAtRest = seen.utilization <= REST_UTILIZATION_MAX;
  return isAtRest && seen.heldBytes - last.leftBytes >= GROWN_BYTES_MIN && seen.now - last.at >= PAUSE_MS;
}

/**
 * Gives the memory that a start or a rush needed back to the system when the thread comes to rest. V8 collects garbage by
 * itself, but keeps the emptied pages for the next rush: an idle server would hold some 60 MiB more. For as long as the
 * thread lives, and without keeping it alive. Needs `--expose-gc`; does nothing without.
 */
export function giveBackWhenIdle(): void {
  const { gc } = globalThis;
  if (gc === undefined) return;
  let last = NOTHING_GIVEN_BACK;
  let begin = performance.eventLoopUtilization();
  const look = (): void => {
    const { utilization } = performance.eventLoopUtilization(begin);
    const now = performance.now();
    if (isDue(last, { utilization, heldBytes: heldBytes(), now })) {
      // No other kind of collection gives pages back.
      gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      last = { leftBytes: heldBytes(), at: now };
    }
    begin = performance.eventLoopUtilization();
  };
  setInterval(look, LOOK_MS).unref();
}

/** Of the system's memory, by this thread's heap. */
function heldBytes(): number {
  return getHeapStatistics().total_physical_size;
}
