import { digits } from '../table.ts';
import { CLIENTS, type Figure } from './cases.ts';

export type Row = { readonly name: string; readonly plaza: Figure; readonly bare?: Figure };

/** Transfers a second that issue 4 asks for, batched: the public bar is pgledger's on one laptop. */
const BATCHED_MIN = 10_000;

/** The figures as Markdown, with what issue 4 aims at. */
export function sectionOf(rows: readonly Row[], linking: Figure, circumstances: string): string {
  const [single, hot, batched, batchedHot] = rows;
  return [
    `\`npm run bench:ledger\`; ${circumstances}. ${CLIENTS} sessions.`,
    '',
    '| transfers | rate /s | CPU ms: service + PostgreSQL | bare pgbench /s | CPU ms | of bare |',
    '| --- | --: | --: | --: | --: | --: |',
    ...rows.map(({ name, plaza, bare }) => {
      const cells = [name, digits(plaza.ratePerSecond), cpu(plaza)];
      if (bare === undefined) return `| ${[...cells, 'no pgbench here', '', ''].join(' | ')} |`;
      const share = percent(plaza.ratePerSecond, bare.ratePerSecond);
      return `| ${[...cells, digits(bare.ratePerSecond), digits(bare.cpuMs.postgres), share].join(' | ')} |`;
    }),
    `| linked into the chain, later | ${digits(linking.ratePerSecond)} | ${cpu(linking)} | | | |`,
    '',
    '| aim of issue 4 | figure | |',
    '| --- | --: | --- |',
    ...(batched?.bare === undefined
      ? []
      : [aim('batched, of bare pgbench batched alike: ≥ 50 %', batched.plaza, batched.bare)]),
    `| batched: ≥ ${digits(BATCHED_MIN)} /s | ${digits(batched?.plaza.ratePerSecond ?? 0)} | ${verdict((batched?.plaza.ratePerSecond ?? 0) >= BATCHED_MIN)} |`,
    ...(single && hot ? [aim('hot account, of uncontended, one by one: ≥ 50 %', hot.plaza, single.plaza)] : []),
    ...(batched && batchedHot
      ? [aim('hot account, of uncontended, batched: ≥ 50 %', batchedHot.plaza, batched.plaza)]
      : []),
    '',
  ].join('\n');
}

function aim(name: string, figure: Figure, of: Figure): string {
  const isMet = figure.ratePerSecond >= of.ratePerSecond / 2;
  return `| ${name} | ${percent(figure.ratePerSecond, of.ratePerSecond)} | ${verdict(isMet)} |`;
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}

function cpu({ cpuMs }: Figure): string {
  return `${digits(cpuMs.node)} + ${digits(cpuMs.postgres)}`;
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(0)} %`;
}
