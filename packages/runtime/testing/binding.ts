/** The two ways one service reaches another. Every contract suite runs through both: they must not differ. */
export const BINDINGS = ['local', 'remote'] as const;
export type Binding = (typeof BINDINGS)[number];
