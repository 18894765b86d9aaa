import type { TokenFilter } from '../../engine.ts';
import { setBit, wordsFor } from '../segment/bits.ts';
import type { FactRows } from '../segment/fact-rows.ts';
import type { Filters } from './filters.ts';

/** Filters of one segment whose slots are kept: those asked for last, an eighth of a byte a slot each. */
const KEPT_MAX = 32;

const kept = new WeakMap<FactRows, Map<string, Uint32Array>>();

/**
 * The slots of a segment that satisfy a filter, a bit each, live or not. They never change, and the same categories are
 * browsed again and again. `filters`: made of this filter alone.
 */
export function filteredSlots(
  rows: FactRows,
  filter: TokenFilter,
  { filters, factCount }: { readonly filters: Filters; readonly factCount: number },
): Uint32Array {
  const known = kept.get(rows) ?? new Map<string, Uint32Array>();
  kept.set(rows, known);
  const name = JSON.stringify(filter);
  const slots = known.get(name) ?? slotsIn(rows, filters.bitsByRow(factCount));
  // The last one asked for is the last one to go.
  known.delete(name);
  known.set(name, slots);
  if (known.size > KEPT_MAX) known.delete(known.keys().next().value as string);
  return slots;
}

function slotsIn({ numbers, stride }: FactRows, bitOf: Uint32Array): Uint32Array {
  const slotCount = numbers.length / stride;
  const slots = new Uint32Array(wordsFor(slotCount));
  for (let slot = 0; slot < slotCount; slot++)
    for (let at = slot * stride; at < (slot + 1) * stride; at++) if (bitOf[numbers[at]!] !== 0) setBit(slots, slot);
  return slots;
}
