/** A clock in the test's hand. */
export type TestClock = {
  now(): Date;
  /** From now on time passes only by `advance`, however long the test takes. */
  stopClock(): void;
  advance(time: { seconds?: number; minutes?: number; hours?: number; days?: number }): void;
};

export function createTestClock(): TestClock {
  let offsetMs = 0;
  let stoppedMs: number | undefined;
  return {
    now: () => new Date((stoppedMs ?? Date.now()) + offsetMs),
    stopClock: () => {
      stoppedMs = Date.now();
    },
    advance: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      offsetMs += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
}
