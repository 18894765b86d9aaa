import { type CpuMs, type Watched, watchCpu } from './processor-time.ts';

/** One operation: resolves when its answer was read and is right, rejects when it is not. */
export type Work = (sequence: number) => Promise<void>;

export type Measurement = {
  readonly operations: number;
  readonly ratePerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU milliseconds per operation. True on a busy machine, where rates are not. */
  readonly cpuMs: CpuMs;
};

/** CPU of server and PostgreSQL for one operation, without PostgreSQL's housekeeping. */
export function cpuMsOf({ cpuMs }: Measurement): number {
  return cpuMs.server + cpuMs.postgres;
}

export type Load = {
  readonly operations: number;
  readonly concurrency: number;
  readonly watched: Watched;
  /** Resolves when nothing of earlier operations is left to do; what follows from an operation counts as its CPU. */
  readonly settled: () => Promise<void>;
};

/**
 * Operations of each caller before measuring begins. PostgreSQL plans a prepared statement anew the first five times on a
 * connection, and a server has more connections than callers.
 */
const WARM_UP_EACH = 50;

/**
 * Runs `work` by `concurrency` callers, each with one request at a time, `operations` times in all, after some to
 * warm up. Bounded: it ends by itself. A failed operation ends the measurement.
 */
export async function measure(work: Work, { operations, concurrency, watched, settled }: Load): Promise<Measurement> {
  await drive(work, Math.max(concurrency * WARM_UP_EACH, Math.ceil(operations / 10)), concurrency, 1_000_000);
  await settled();
  const used = watchCpu(watched);
  const startedAt = performance.now();
  const latencies = await drive(work, operations, concurrency, 0);
  const seconds = (performance.now() - startedAt) / 1000;
  await settled();
  const { server, postgres, upkeep } = used();
  latencies.sort((a, b) => a - b);
  return {
    operations,
    ratePerSecond: operations / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMs: { server: server / operations, postgres: postgres / operations, upkeep: upkeep / operations },
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
