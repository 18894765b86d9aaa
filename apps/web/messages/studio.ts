import type { Table } from './table';

export const studio = {} as const satisfies Table;
