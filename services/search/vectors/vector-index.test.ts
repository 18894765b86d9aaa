import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createVectorIndex, type VectorIndex } from './vector-index.ts';

/** Numbers from 0 to 1, the same in every run (Mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Vectors in groups, all of them leaning one way, as models make them. */
function groupedVectors(count: number, dimensions: number, next: () => number): Float32Array[] {
  const some = (spread: number) => Float32Array.from({ length: dimensions }, () => (next() + next() - 1) * spread);
  const leaning = some(1);
  const middles = Array.from({ length: Math.ceil(count / 40) }, () => some(1));
  return Array.from({ length: count }, (_, i) => {
    const middle = middles[i % middles.length]!;
    const own = some(0.8);
    return own.map((value, at) => value + middle[at]! + leaning[at]!);
  });
}

const idsOf = (found: ReturnType<VectorIndex['nearest']>) => found.map(({ id }) => id);

describe('vector index', () => {
  test('the nearest come first, by cosine, whatever their lengths', () => {
    const index = createVectorIndex(2);
    index.put('east', Float32Array.of(1, 0));
    index.put('far east', Float32Array.of(900, 10));
    index.put('north', Float32Array.of(0, 1));
    index.put('west', Float32Array.of(-3, 0));
    const found = index.nearest(Float32Array.of(5, 0), 3);
    assert.deepEqual(idsOf(found), ['east', 'far east', 'north']);
    assert.ok(Math.abs((found[0]?.similarity ?? 0) - 1) < 0.001);
    assert.equal(found[2]?.similarity, 0);
  });

  test('a vector is replaced, removed, and its place taken again', () => {
    const index = createVectorIndex(2);
    index.put('a', Float32Array.of(1, 0));
    index.put('b', Float32Array.of(0, 1));
    index.put('a', Float32Array.of(0, 2));
    index.remove('b');
    index.remove('unknown');
    index.put('c', Float32Array.of(1, 1));
    assert.equal(index.size, 2);
    assert.deepEqual(idsOf(index.nearest(Float32Array.of(0, 1), 9)), ['a', 'c']);
    assert.equal(index.find('b'), undefined);
    assert.deepEqual(index.find('c'), Int8Array.of(127, 127));
  });

  test('only those that are accepted are found', () => {
    const index = createVectorIndex(1);
    for (const id of ['a', 'b', 'c']) index.put(id, Float32Array.of(1));
    assert.deepEqual(idsOf(index.nearest(Float32Array.of(1), 2, (id) => id !== 'a')), ['b', 'c']);
  });

  test('nothing is near a vector of zeros, and one of another size is refused', () => {
    const index = createVectorIndex(2);
    index.put('nothing', new Float32Array(2));
    index.put('a', Float32Array.of(1, 0));
    assert.deepEqual(index.nearest(new Float32Array(2), 5), []);
    assert.deepEqual(idsOf(index.nearest(Float32Array.of(1, 0), 1)), ['a']);
    assert.throws(() => index.put('b', new Float32Array(3)), /3 dimensions, not 2/);
  });

  test('of many, a query of a few numbers finds exactly the nearest', () => {
    const next = numbersFrom(3);
    const index = createVectorIndex(64);
    const vectors = groupedVectors(9_000, 64, next);
    vectors.forEach((vector, i) => {
      index.put(`${i}`, vector);
    });
    const query = new Float32Array(64);
    for (const at of [3, 17, 40]) query[at] = 1;
    const cosines = vectors.map((vector, i): [string, number] => [
      `${i}`,
      (vector[3]! + vector[17]! + vector[40]!) / Math.hypot(...vector),
    ]);
    const nearest = cosines.sort((a, b) => b[1] - a[1]).slice(0, 10);
    const found = new Set(idsOf(index.nearest(query, 10)));
    assert.ok(nearest.filter(([id]) => found.has(id)).length >= 9);
  });

  test('of many, sketches find nearly all of the nearest, and only of those accepted', () => {
    const next = numbersFrom(7);
    const vectors = groupedVectors(12_000, 96, next);
    const [all, compared] = [createVectorIndex(96), createVectorIndex(96)];
    vectors.forEach((vector, i) => {
      all.put(`${i}`, vector);
      if (i < 8_000) compared.put(`${i}`, vector);
    });
    for (let i = 8_000; i < 12_000; i++) all.remove(`${i}`);
    for (let i = 8_000; i < 12_000; i++) all.put(`again ${i}`, vectors[i]!);
    const isOld = (id: string) => !id.startsWith('again');
    let shared = 0;
    for (let i = 0; i < 50; i++) {
      const query = vectors[i * 160]!.map((value) => value + (next() - 0.5) * 0.8);
      const exact = new Set(idsOf(compared.nearest(query, 10)));
      for (const id of idsOf(all.nearest(query, 10, isOld))) if (exact.has(id)) shared++;
    }
    assert.ok(shared >= 490, `${shared} of 500`);
  });
});
