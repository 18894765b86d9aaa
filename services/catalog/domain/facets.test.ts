import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attribute } from '@plaza/kernel/marketplace';
import fc from 'fast-check';
import { bucketOf, bucketRange, facetChanges, facetTokens, parseAttributeFilters } from './facets.ts';

const RAM = Attribute.parse({ key: 'ram', label: { en: 'RAM' }, type: 'number', filterable: true });
const COLOR = Attribute.parse({
  key: 'color',
  label: { en: 'Color' },
  type: 'enum',
  filterable: true,
  options: ['red', 'blue'].map((value) => ({ value, label: { en: value } })),
});
const number = fc
  .oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
  // Adding 0 makes -0 plain 0: an address cannot say -0.
  .map((n) => n + 0)
  .filter((n) => n === 0 || Math.abs(n) > 1e-9);

test('a number lies in its bucket', () => {
  fc.assert(
    fc.property(number, (value) => {
      const { from, below } = bucketRange(bucketOf(value));
      assert.ok(from <= value && value <= below, `${value} is not in ${bucketOf(value)}`);
    }),
  );
});

test('a range filter asks for the bucket of every number in the range', () => {
  fc.assert(
    fc.property(number, number, number, (a, b, value) => {
      const [minimum, maximum] = a < b ? [a, b] : [b, a];
      fc.pre(minimum <= value && value <= maximum && ![a, b].some((n) => String(n).includes('e')));
      const [filter] = parseAttributeFilters([RAM], [`ram:${minimum}..${maximum}`]);
      assert.ok(filter?.tokens.includes(`ram:${bucketOf(value)}`));
      assert.deepEqual(filter?.range, { minimum, maximum });
    }),
  );
});

test('values of one key are alternatives; unknown keys and values are refused by name', () => {
  assert.deepEqual(parseAttributeFilters([COLOR], ['color:red', 'color:blue']), [
    { key: 'color', tokens: ['color:red', 'color:blue'] },
  ]);
  for (const filter of ['size:L', 'color:green', 'color', 'color:', ':red'])
    assert.throws(() => parseAttributeFilters([COLOR], [filter]), { code: 'INVALID_INPUT' });
  for (const filter of ['ram:', 'ram:..', 'ram:x', 'ram:1...2'])
    assert.throws(() => parseAttributeFilters([RAM], [filter]), { code: 'INVALID_INPUT' });
});

test('tokens name each value and the condition', () => {
  assert.deepEqual(facetTokens([RAM, COLOR], { ram: 16, color: 'red', note: 'x' }, 'good'), [
    '@condition:good',
    'ram:~1e1',
    'color:red',
  ]);
});

test('however a listing wanders between states, its counts end at what is published', () => {
  const state = fc.record({
    state: fc.constantFrom('draft', 'published', 'paused', 'deleted'),
    categoryId: fc.constantFrom('a', 'b'),
    facets: fc.subarray(['x:1', 'y:2', 'z:3']),
  });
  fc.assert(
    fc.property(fc.array(state, { minLength: 1 }), (states) => {
      const counts = new Map<string, number>();
      states.forEach((after, i) => {
        for (const { categoryId, token, delta } of facetChanges([{ before: states[i - 1], after }]))
          counts.set(`${categoryId} ${token}`, (counts.get(`${categoryId} ${token}`) ?? 0) + delta);
      });
      const last = states.at(-1);
      const right =
        last?.state === 'published' ? ['', ...last.facets].map((token) => `${last.categoryId} ${token}`) : [];
      assert.deepEqual(
        [...counts]
          .filter(([, count]) => count !== 0)
          .map(([key]) => key)
          .sort(),
        right.sort(),
      );
      assert.ok([...counts.values()].every((count) => count === 0 || count === 1));
    }),
  );
});
