import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc/<pid>/stat: USER_HZ is 100 on every Linux that Node supports (proc(5)). */
const TICKS_PER_SECOND = 100;

/** PostgreSQL's housekeeping: it runs when it likes, for whatever came before (https://www.postgresql.org/docs/18/monitoring-ps.html). */
const UPKEEP = /^postgres: (checkpointer|background writer|autovacuum|logical replication|startup|archiver)/;

type Stat = { readonly pid: number; readonly parent: number; readonly ownMs: number; readonly endedChildrenMs: number };

/** CPU milliseconds of what was watched, between two looks. */
export type CpuMs = {
  /** The server under test with its children. */
  readonly server: number;
  /** PostgreSQL's processes that work for sessions: backends, I/O workers, the log's writer. */
  readonly postgres: number;
  /** Its housekeeping and whatever ended meanwhile: checkpoints, autovacuum. */
  readonly upkeep: number;
};

export type Watched = {
  /** Absent: PostgreSQL alone. */
  readonly serverPid?: number;
  /** Of the postmaster. */
  readonly postgresPid: number;
  /** The backend by which the bench itself looks on: not counted. */
  readonly ownBackendPid?: number;
};

/** Begins to watch; what is returned tells the CPU used since. */
export function watchCpu({ serverPid, postgresPid, ownBackendPid }: Watched): () => CpuMs {
  const look = () => {
    const stats = allStats();
    return {
      server:
        serverPid === undefined ? 0 : sum(treeOf(stats, serverPid).map((stat) => stat.ownMs + stat.endedChildrenMs)),
      postgres: new Map(treeOf(stats, postgresPid).map((stat) => [stat.pid, stat])),
    };
  };
  const before = look();
  return () => {
    const after = look();
    let postgres = 0;
    let upkeep = 0;
    for (const [pid, stat] of after.postgres) {
      if (pid === ownBackendPid) continue;
      const earlier = before.postgres.get(pid);
      const used = stat.ownMs - (earlier?.ownMs ?? 0);
      if (pid === postgresPid || UPKEEP.test(titleOf(pid))) upkeep += used;
      else postgres += used;
      // A process that ended hands its whole life's time to its parent; what it had before this watch began is not ours.
      upkeep += stat.endedChildrenMs - (earlier?.endedChildrenMs ?? 0);
    }
    for (const [pid, { ownMs }] of before.postgres) if (!after.postgres.has(pid)) upkeep -= ownMs;
    return { server: after.server - before.server, postgres, upkeep: Math.max(0, upkeep) };
  };
}

/** Resident memory of a process in MiB. */
export function residentMiB(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1024;
}

function allStats(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined);
}

/** A process and all its descendants. */
function treeOf(stats: readonly Stat[], rootPid: number): Stat[] {
  const wanted = new Set([rootPid]);
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of stats) if (wanted.has(parent)) wanted.add(pid);
  }
  return stats.filter(({ pid }) => wanted.has(pid));
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold spaces; fields are counted from behind it (proc(5)).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const field = (index: number): number => fields[index] ?? 0;
    const ms = (ticks: number): number => (ticks * 1000) / TICKS_PER_SECOND;
    return { pid, parent: field(1), ownMs: ms(field(11) + field(12)), endedChildrenMs: ms(field(13) + field(14)) };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** What a process says it is; PostgreSQL's processes say what they do. */
function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
