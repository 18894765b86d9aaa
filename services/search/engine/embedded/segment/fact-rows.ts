import type { FactSets } from './fact-sets.ts';

/** Facts a listing may have to be in a row; listings with more are counted by their sets. */
const STRIDE_MAX = 16;
/** Rows are as wide as their longest, in steps of so many numbers. */
const STRIDE_STEP = 4;
/** Facts are numbered from 1 here. */
const FACT_MAX = 0xfffe;

/** The facts of all slots side by side, `stride` numbers each: a fact and one more, 0 for none. */
export type FactRows = { readonly numbers: Uint16Array; readonly stride: number };

/**
 * Lays the facts of a segment out by slot: counting a hit's facts then looks at one place of memory instead of three, and
 * with hits all over a large segment looking is what takes the time. Null when a set is too large or facts too many.
 */
export function factRows({ pool, starts, count }: FactSets, setOf: Uint32Array, slotCount: number): FactRows | null {
  let longest = 0;
  let greatest = 0;
  for (let set = 0; set < count; set++) longest = Math.max(longest, starts[set + 1]! - starts[set]!);
  for (let i = 0; i < starts[count]!; i++) greatest = Math.max(greatest, pool[i]!);
  if (longest > STRIDE_MAX || greatest > FACT_MAX) return null;
  const stride = Math.ceil(Math.max(1, longest) / STRIDE_STEP) * STRIDE_STEP;
  const numbers = new Uint16Array(new SharedArrayBuffer(slotCount * stride * Uint16Array.BYTES_PER_ELEMENT));
  for (let slot = 0; slot < slotCount; slot++) {
    const set = setOf[slot]!;
    const start = starts[set]!;
    const end = starts[set + 1]!;
    for (let i = start; i < end; i++) numbers[slot * stride + i - start] = pool[i]! + 1;
  }
  return { numbers, stride };
}
