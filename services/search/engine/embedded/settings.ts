import { availableParallelism } from 'node:os';
import { StartProblem } from '@plaza/kernel';

/** More threads than these would wait for memory instead of processors. */
const THREADS_MAX = 16;
const THREADS_USUAL_MAX = 4;

/**
 * How many threads search, as the environment says. Without a setting one for every two processors: the server, its database
 * and the web app want the others, and an idle thread takes some 40 MiB.
 * @throws Error in one sentence, when it is no such number
 */
export function searchThreadsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  processors = availableParallelism(),
): number {
  const { PLAZA_SEARCH_THREADS: setting } = environment;
  if (setting === undefined) return Math.min(THREADS_USUAL_MAX, Math.max(1, Math.floor(processors / 2)));
  const threads = Number(setting);
  if (!Number.isInteger(threads) || threads < 1 || threads > THREADS_MAX)
    throw new StartProblem(`PLAZA_SEARCH_THREADS is "${setting}": it must be a whole number from 1 to ${THREADS_MAX}.`);
  return threads;
}
