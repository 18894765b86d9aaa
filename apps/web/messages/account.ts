import type { Table } from './table';

export const account = {} as const satisfies Table;
