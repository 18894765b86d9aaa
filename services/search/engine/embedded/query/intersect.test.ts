import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { setBit, wordsFor } from '../segment/bits.ts';
import { densePostings, impactOf, type Postings } from '../segment/postings.ts';
import { Batch } from './batch.ts';
import { collect } from './collect.ts';
import { intersect } from './intersect.ts';

const SLOTS = 3_000;

/** A word: impacts by slot, kept either way. */
const wordArbitrary = fc.record({
  impacts: fc
    .uniqueArray(fc.record({ slot: fc.nat(SLOTS - 1), impact: fc.integer({ min: 1, max: 255 }) }), {
      selector: ({ slot }) => slot,
      maxLength: 400,
    })
    .map((all) => new Map(all.sort((a, b) => a.slot - b.slot).map(({ slot, impact }) => [slot, impact]))),
  isDense: fc.boolean(),
  weight: fc.integer({ min: 1, max: 9 }),
});
const caseArbitrary = fc.record({
  words: fc.array(wordArbitrary, { minLength: 1, maxLength: 4 }),
  dead: fc.uniqueArray(fc.nat(SLOTS - 1), { maxLength: 200 }),
});

function postingsOf(impacts: ReadonlyMap<number, number>, isDense: boolean): Postings {
  const raw = Uint32Array.from(impacts, ([slot, impact]) => slot * 256 + impact);
  return isDense ? densePostings(raw, raw.length, SLOTS) : { kind: 'sparse', length: raw.length, raw };
}

function liveBits(dead: readonly number[]): Uint32Array {
  const live = new Uint32Array(wordsFor(SLOTS));
  for (let slot = 0; slot < SLOTS; slot++) if (!dead.includes(slot)) setBit(live, slot);
  return live;
}

const batch = new Batch();

/** The batch, which tells each of its slots. */
function intoBatch(tell: (slot: number, score: number) => unknown): Batch {
  batch.begin(({ slots, scores, count }) => {
    for (let i = 0; i < count; i++) tell(slots[i]!, scores[i]!);
    return true;
  });
  return batch;
}

test('a bitmap and a list of the same postings answer the same impact for every slot', () =>
  fc.assert(
    fc.property(wordArbitrary, ({ impacts }) => {
      const list = postingsOf(impacts, false);
      const bitmap = postingsOf(impacts, true);
      for (let slot = 0; slot < SLOTS; slot++) {
        assert.equal(impactOf(list, slot), impacts.get(slot) ?? 0);
        assert.equal(impactOf(bitmap, slot), impacts.get(slot) ?? 0);
      }
    }),
    { numRuns: 20 },
  ));

test('slots with every word are visited once, with the sum of their impacts, the last first', () =>
  fc.assert(
    fc.property(caseArbitrary, ({ words, dead }) => {
      const found: [number, number][] = [];
      const lists = words.map(({ impacts, isDense, weight }) => ({ postings: postingsOf(impacts, isDense), weight }));
      intersect(
        lists,
        liveBits(dead),
        intoBatch((slot, score) => found.push([slot, score])),
      );
      batch.flush();
      const expected: [number, number][] = [];
      for (let slot = SLOTS - 1; slot >= 0; slot--)
        if (!dead.includes(slot) && words.every(({ impacts }) => impacts.has(slot)))
          expected.push([slot, words.reduce((sum, { impacts, weight }) => sum + (impacts.get(slot) ?? 0) * weight, 0)]);
      assert.deepEqual(found, expected);
    }),
  ));

test('slots with enough of the words are visited with all of their impacts, whichever words opened them', () =>
  fc.assert(
    fc.property(caseArbitrary, fc.integer({ min: 1, max: 12 }), ({ words, dead }, needed) => {
      const found = new Map<number, number>();
      const groups = words
        .map(({ impacts, isDense, weight }) => ({
          rarity: weight,
          terms: [{ postings: postingsOf(impacts, isDense), weight }],
        }))
        .sort((a, b) => b.rarity - a.rarity);
      const all = { needed, total: 1 };
      collect(groups, all, { slotCount: SLOTS, live: liveBits(dead), into: intoBatch((...hit) => found.set(...hit)) });
      batch.flush();
      const expected = new Map<number, number>();
      for (let slot = 0; slot < SLOTS; slot++) {
        const having = words.filter(({ impacts }) => impacts.has(slot));
        if (dead.includes(slot) || having.reduce((sum, { weight }) => sum + weight, 0) < needed) continue;
        const score = having.reduce((sum, { impacts, weight }) => sum + (impacts.get(slot) ?? 0) * weight, 0);
        expected.set(slot, score * Math.sqrt(having.reduce((sum, { weight }) => sum + weight, 0)));
      }
      assert.deepEqual(new Map([...found].sort(([a], [b]) => a - b)), expected);
    }),
  ));
