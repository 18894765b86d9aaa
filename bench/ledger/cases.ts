/** Sessions at once, of the service and of pgbench alike. */
export const CLIENTS = 8;
/** Accounts that transfers move between; half of them give, half take. */
export const ACCOUNTS = 10_000;
/** Each measurement. */
export const SECONDS = 8;
/** Transfers that a batch posts by one statement. */
export const BATCH = 500;

/** How transfers are posted: `batch` by one statement, and whether all of them touch the same account. */
export type Case = { readonly name: string; readonly isHot: boolean; readonly batch: number };

export const CASES: readonly Case[] = [
  { name: 'one by one', isHot: false, batch: 1 },
  { name: 'one by one, all on one hot account', isHot: true, batch: 1 },
  { name: `${BATCH} a statement`, isHot: false, batch: BATCH },
  { name: `${BATCH} a statement, all on one hot account`, isHot: true, batch: BATCH },
];

/** `cpuMs`: of one transfer, without PostgreSQL's housekeeping. */
export type Figure = {
  readonly ratePerSecond: number;
  readonly cpuMs: { readonly node: number; readonly postgres: number };
};
