import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import type { Figures, Report } from './measured.ts';
import { tableOf } from './table.ts';

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);
const FIGURES = new URL('./figures/', import.meta.url);
const BEGIN = '<!-- figures: written by `npm run bench` -->';
const END = '<!-- end of figures -->';

/** Catalog sizes that the page compares. */
const SIZES = [10_000, 1_000_000] as const;

/**
 * Keeps the figures of this size and puts those of all sizes into docs/benchmarks.md, between its two marks; what is
 * written around them stays. Other sizes than the page's are only answered.
 */
export async function publish(figures: Figures): Promise<string> {
  const report: Report = { ...figures, circumstances: circumstances() };
  if (!SIZES.some((size) => size === figures.listings)) return tableOf([report]);
  await mkdir(FIGURES, { recursive: true });
  await writeFile(fileOf(figures.listings), `${JSON.stringify(report, rounded, 2)}\n`);
  const kept = await Promise.all(SIZES.map((size) => readFile(fileOf(size), 'utf8').catch(() => undefined)));
  const table = tableOf(kept.filter((text) => text !== undefined).map((text) => JSON.parse(text) as Report));
  const text = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md lacks the marks ${BEGIN} and ${END}`);
  await writeFile(DOCUMENT, `${text.slice(0, from)}${BEGIN}\n\n${table}\n${text.slice(to)}`);
  return table;
}

function fileOf(size: number): URL {
  return new URL(`${size}.json`, FIGURES);
}

/** Four digits are more than a measurement has. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

export function circumstances(): string {
  const cpus = os.cpus();
  return (
    `${new Date().toISOString().slice(0, 10)}, ${cpus.length} × ${cpus[0]?.model.trim()}, ` +
    `${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}, Node ${process.versions.node}, ` +
    `load average ${os.loadavg()[0]?.toFixed(1)}`
  );
}
