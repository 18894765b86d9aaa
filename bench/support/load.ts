import { cpuMsOfTree } from './processor-time.ts';

/** One operation: resolves when its answer was read and is right, rejects when it is not. */
export type Work = (sequence: number) => Promise<void>;

export type Watched = { readonly name: string; readonly pid: number };

export type Measurement = {
  readonly operations: number;
  readonly ratePerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU milliseconds per operation, by watched process tree. True on a busy machine, where rates are not. */
  readonly cpuMs: Readonly<Record<string, number>>;
};

/**
 * Runs `work` by `concurrency` callers, each with one request at a time, `operations` times in all, after a tenth as
 * many to warm up. Bounded: it ends by itself. A failed operation ends the measurement.
 */
export async function measure(
  work: Work,
  { operations, concurrency, watched }: { operations: number; concurrency: number; watched: readonly Watched[] },
): Promise<Measurement> {
  await drive(work, Math.max(concurrency, Math.ceil(operations / 10)), concurrency, 1_000_000);
  const before = watched.map(({ pid }) => cpuMsOfTree(pid));
  const startedAt = performance.now();
  const latencies = await drive(work, operations, concurrency, 0);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = watched.map(
    ({ name, pid }, index) => [name, (cpuMsOfTree(pid) - (before[index] as number)) / operations] as const,
  );
  latencies.sort((a, b) => a - b);
  return {
    operations,
    ratePerSecond: operations / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMs: Object.fromEntries(cpu),
  };
}

async function drive(work: Work, operations: number, concurrency: number, offset: number): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < operations) {
      const sequence = offset + next++;
      const startedAt = performance.now();
      await work(sequence);
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return latencies;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
