import { SeenOnce } from '../domain/seen-once.ts';
import type { Baseline } from '../domain/trend.ts';
import type { Scope, Standing, TrendBoard } from './board.ts';

/** Things counted in one scope and window, and things whose usual is remembered in one scope. Beyond it new ones wait. */
const ITEMS_MAX = 50_000;
const SCOPES_MAX = 1_000;

type Window = { readonly seen: SeenOnce; readonly people: Map<Scope, Map<string, number>> };
type Held = { readonly windows: Map<number, Window>; readonly baselines: Map<Scope, Map<string, Baseline>> };

/** A board in this process's memory. */
export function createMemoryBoard(): TrendBoard {
  const marketplaces = new Map<string, Held>();
  const heldOf = (marketplaceId: string): Held => {
    const known = marketplaces.get(marketplaceId);
    if (known !== undefined) return known;
    const held: Held = { windows: new Map(), baselines: new Map() };
    marketplaces.set(marketplaceId, held);
    return held;
  };
  const windowOf = (marketplaceId: string, windowMs: number): Window => {
    const { windows } = heldOf(marketplaceId);
    const known = windows.get(windowMs);
    if (known !== undefined) return known;
    const window: Window = { seen: new SeenOnce(), people: new Map() };
    windows.set(windowMs, window);
    return window;
  };

  return {
    async count(marketplaceId, windowMs, marks) {
      const { seen, people } = windowOf(marketplaceId, windowMs);
      for (const { scope, item, actorId } of marks) {
        const counts = people.get(scope) ?? new Map<string, number>();
        if (counts.size === 0 && people.size >= SCOPES_MAX) continue;
        people.set(scope, counts);
        const known = counts.get(item);
        if (known === undefined && counts.size >= ITEMS_MAX) continue;
        if (seen.isNew(`${scope}\n${item}\n${actorId}`)) counts.set(item, (known ?? 0) + 1);
      }
    },
    async scopes(marketplaceId, windowMs) {
      return [...(heldOf(marketplaceId).windows.get(windowMs)?.people.keys() ?? [])];
    },
    async top(marketplaceId, windowMs, scope, limit) {
      const counts = heldOf(marketplaceId).windows.get(windowMs)?.people.get(scope) ?? new Map<string, number>();
      return [...counts]
        .map(([item, people]): Standing => ({ item, people }))
        .sort((a, b) => b.people - a.people || (a.item < b.item ? 1 : -1))
        .slice(0, limit);
    },
    async baselines(marketplaceId, scope, items) {
      const known = heldOf(marketplaceId).baselines.get(scope);
      return new Map(
        items.flatMap((item) => {
          const baseline = known?.get(item);
          return baseline === undefined ? [] : [[item, baseline] as const];
        }),
      );
    },
    async saveBaselines(marketplaceId, scope, baselines) {
      const held = heldOf(marketplaceId);
      const known = held.baselines.get(scope) ?? new Map<string, Baseline>();
      held.baselines.set(scope, known);
      for (const [item, baseline] of baselines) {
        // The one that was not brought up to date for the longest goes.
        known.delete(item);
        if (known.size >= ITEMS_MAX) known.delete(known.keys().next().value as string);
        known.set(item, baseline);
      }
    },
    async forget(marketplaceId, beforeMs) {
      const { windows } = heldOf(marketplaceId);
      for (const windowMs of windows.keys()) if (windowMs < beforeMs) windows.delete(windowMs);
    },
    async close() {
      marketplaces.clear();
    },
  };
}
