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

/** One of the servers that are compared. */
export type Subject = { readonly work: Work; readonly watched: Watched };

export type Load = {
  /** Of each subject, in all turns together. */
  readonly operations: number;
  readonly concurrency: number;
  /** Resolves when nothing of earlier operations is left to do; what follows from an operation counts as its CPU. */
  readonly settled: () => Promise<void>;
  /** Runs once, when all have warmed up. */
  readonly beforeTurns: () => Promise<void>;
};

/**
 * Operations before measuring begins: what is measured is a server that has been at work for a while. V8 compiles a function
 * with TurboFan once it was called 3,000 times (`node --v8-options`, invocation-count-for-turbofan), and PostgreSQL plans a
 * prepared statement anew the first five times on each connection. Slow work warms up for so long at most.
 */
const WARM_UP = { operations: 3_000, milliseconds: 40_000 };

/** Who takes the processors for a while takes them from all that are compared. */
const TURNS = 3;

/**
 * Measures servers in turns. Each does the work by `concurrency` callers with one request at a time, after some work to warm
 * up. Bounded: it ends by itself. A failed operation ends the measurement.
 */
export async function measureInTurns<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  { operations, concurrency, settled, beforeTurns }: Load,
): Promise<Readonly<Record<Name, Measurement>>> {
  const names = Object.keys(subjects) as Name[];
  for (const name of names) {
    const warmAt = performance.now() + WARM_UP.milliseconds;
    const isCold = (begun: number): boolean => begun < WARM_UP.operations && performance.now() < warmAt;
    await drive(subjects[name].work, isCold, concurrency, 1_000_000);
  }
  await settled();
  await beforeTurns();
  const perTurn = Math.ceil(operations / TURNS);
  const turns = new Map(names.map((name) => [name, [] as Turn[]]));
  for (let turn = 0; turn < TURNS; turn++)
    for (const name of names) {
      const { work, watched } = subjects[name];
      const used = watchCpu(watched);
      const startedAt = performance.now();
      const latencies = await drive(work, (begun) => begun < perTurn, concurrency, turn * perTurn);
      const seconds = (performance.now() - startedAt) / 1000;
      await settled();
      turns.get(name)?.push({ latencies, seconds, cpuMs: used() });
    }
  const measured = names.map((name) => [name, measurementOf(turns.get(name) as Turn[])]);
  return Object.fromEntries(measured) as Record<Name, Measurement>;
}

type Turn = { readonly latencies: readonly number[]; readonly seconds: number; readonly cpuMs: CpuMs };

function measurementOf(turns: readonly Turn[]): Measurement {
  const latencies = turns.flatMap((turn) => turn.latencies).sort((a, b) => a - b);
  const operations = latencies.length;
  const total = (part: (turn: Turn) => number): number => turns.reduce((sum, turn) => sum + part(turn), 0);
  const cpuMs = (part: keyof CpuMs): number => total((turn) => turn.cpuMs[part]) / operations;
  return {
    operations,
    ratePerSecond: operations / total((turn) => turn.seconds),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMs: { server: cpuMs('server'), postgres: cpuMs('postgres'), upkeep: cpuMs('upkeep') },
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
