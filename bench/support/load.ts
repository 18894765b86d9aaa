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
 * Operations before measuring begins: what is measured is a server that has been at work for a while. V8 compiles a function
 * with TurboFan once it was called 3,000 times (`node --v8-options`, invocation-count-for-turbofan), and PostgreSQL plans a
 * prepared statement anew the first five times on each connection. Slow work warms up for so long at most.
 */
const WARM_UP = { operations: 3_000, milliseconds: 40_000 };

/**
 * Runs `work` by `concurrency` callers, each with one request at a time, `operations` times in all, after some to
 * warm up. Bounded: it ends by itself. A failed operation ends the measurement.
 */
export async function measure(work: Work, { operations, concurrency, watched, settled }: Load): Promise<Measurement> {
  const warmAt = performance.now() + WARM_UP.milliseconds;
  await drive(work, (done) => done < WARM_UP.operations && performance.now() < warmAt, concurrency, 1_000_000);
  await settled();
  const used = watchCpu(watched);
  const startedAt = performance.now();
  const latencies = await drive(work, (done) => done < operations, concurrency, 0);
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

/** Runs `work` as long as there is more to do, which is asked with how many were begun; answers how long each took. */
async function drive(
  work: Work,
  isMore: (begun: number) => boolean,
  concurrency: number,
  offset: number,
): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    while (isMore(next)) {
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
