import type { Baseline } from '../domain/trend.ts';

/** What trends are told of: listings, searches or categories; those of one area have its name behind an `@`. */
export type Scope = string;

/** Somebody dealt with something. */
export type Mark = { readonly scope: Scope; readonly item: string; readonly actorId: string };

export type Standing = { readonly item: string; readonly people: number };

/**
 * Counts people by thing and window. Marketplaces never meet. The embedded board is in memory and one process's own; the one
 * on Redis is shared by all. Both pass the same suite (`board-suite.ts`).
 */
export type TrendBoard = {
  /** Counts each actor once for each thing and window. */
  count(marketplaceId: string, windowMs: number, marks: readonly Mark[]): Promise<void>;
  /** The scopes in which anything was counted. */
  scopes(marketplaceId: string, windowMs: number): Promise<Scope[]>;
  /** The things with the most people, most first. */
  top(marketplaceId: string, windowMs: number, scope: Scope, limit: number): Promise<Standing[]>;
  baselines(marketplaceId: string, scope: Scope, items: readonly string[]): Promise<ReadonlyMap<string, Baseline>>;
  saveBaselines(marketplaceId: string, scope: Scope, baselines: ReadonlyMap<string, Baseline>): Promise<void>;
  /** Forgets the windows before this one. */
  forget(marketplaceId: string, beforeMs: number): Promise<void>;
  close(): Promise<void>;
};
