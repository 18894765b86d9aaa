import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until `claim` holds or the time is over; then the last failure is thrown. For what happens by event or timer. */
export async function eventually<T>(claim: () => Promise<T>, { withinMs = 20_000, everyMs = 100 } = {}): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await claim();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(everyMs);
    }
  }
}
