/** Says on standard output what is being done and, when it is, how long it took. */
export async function step<T>(what: string, work: () => Promise<T>, detail?: (result: T) => string): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const more = detail?.(result) ?? '';
  say(`  ✓ ${what}${more === '' ? '' : ` (${more})`} ${seconds.toFixed(1)} s`);
  return result;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
