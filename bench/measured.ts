import type { ImportFigures } from './import.ts';
import type { PgbenchFigure } from './pgbench.ts';
import type { Measurement } from './support/load.ts';
import type { Workload } from './workloads.ts';

/** One workload, measured. */
export type Row = Pick<Workload, 'name' | 'aim' | 'bareDoes'> & {
  readonly plaza: Measurement;
  readonly bare: Measurement;
};

/** What a run measured. */
export type Figures = ImportFigures & {
  readonly listings: number;
  readonly bareRowsPerSecond: number;
  readonly secondStartSeconds: number;
  /** From the second start until a search finds everything. */
  readonly searchableSeconds: number;
  readonly idleMiB: number;
  readonly workloads: readonly Row[];
  /** Empty where there is no pgbench. */
  readonly pgbench: readonly PgbenchFigure[];
};

/** Figures with where and when they were measured. */
export type Report = Figures & { readonly circumstances: string };

export function rowOf({ name, aim, bareDoes }: Workload, measured: { plaza: Measurement; bare: Measurement }): Row {
  return { name, bareDoes, ...measured, ...(aim === undefined ? {} : { aim }) };
}
