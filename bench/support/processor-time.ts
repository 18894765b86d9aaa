import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc/<pid>/stat: USER_HZ is 100 on every Linux that Node supports (proc(5)). */
const TICKS_PER_SECOND = 100;

type Stat = { readonly pid: number; readonly parent: number; readonly cpuMs: number };

/** User and system time of a process, with its ended children that were waited for. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold spaces; fields are counted from behind it (proc(5)).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user, system, childUser, childSystem] = [
      fields[1],
      fields[11],
      fields[12],
      fields[13],
      fields[14],
    ] as number[];
    const ticks = (user as number) + (system as number) + (childUser as number) + (childSystem as number);
    return { pid, parent: parent as number, cpuMs: (ticks * 1000) / TICKS_PER_SECOND };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** CPU milliseconds used so far by a process and all its descendants. */
export function cpuMsOfTree(rootPid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined);
  const wanted = new Set([rootPid]);
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of stats) if (wanted.has(parent)) wanted.add(pid);
  }
  return stats.filter(({ pid }) => wanted.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Resident memory of a process in MiB. */
export function residentMiB(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1024;
}
