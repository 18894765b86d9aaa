import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeQuantityOf, mergeVariants, optionPickers, type VariantChange, variantMistakes } from './variants.ts';

let lastId = 0;
const nextId = () => `id-${++lastId}`;
const change = (given: Partial<VariantChange> = {}): VariantChange => ({
  sku: null,
  options: [],
  priceMinor: 100,
  compareAtMinor: null,
  weightGrams: null,
  imageUrl: null,
  licenseCode: null,
  externalId: null,
  ...given,
});
const sized = (value: string, given: Partial<VariantChange> = {}) =>
  change({ options: [{ name: 'Size', value }], ...given });

test('a repeated list of variants keeps ids, counts and reservations', () => {
  const list = fc.uniqueArray(fc.constantFrom('S', 'M', 'L', 'XL'), { minLength: 1 });
  fc.assert(
    fc.property(list, list, (sizes, again) => {
      const first = mergeVariants(
        [],
        sizes.map((size) => sized(size, { onHand: 5 })),
        nextId,
      ).variants;
      const reserved = first.map((variant) => ({ ...variant, reserved: 2 }));
      const { variants, removed } = mergeVariants(
        reserved,
        again.map((size) => sized(size)),
        nextId,
      );
      for (const variant of variants) {
        const before = reserved.find(({ options }) => options[0]?.value === variant.options[0]?.value);
        assert.equal(variant.onHand, before === undefined ? 0 : 5);
        if (before !== undefined) assert.deepEqual([variant.id, variant.reserved], [before.id, 2]);
      }
      assert.equal(variants.length + removed.length, new Set([...sizes, ...again]).size);
      assert.equal(new Set([...variants, ...removed].map(({ id }) => id)).size, variants.length + removed.length);
    }),
  );
});

test('a variant is known by its SKU before its options', () => {
  const { variants } = mergeVariants([], [sized('S', { sku: 'A' }), sized('M', { sku: 'B' })], nextId);
  const swapped = mergeVariants(variants, [sized('S', { sku: 'B' }), sized('M', { sku: 'A' })], nextId);
  assert.deepEqual(
    swapped.variants.map(({ id }) => id),
    [variants[1]?.id, variants[0]?.id],
  );
  assert.deepEqual(swapped.removed, []);
});

test('free pieces are what is counted less what is reserved; one unlimited variant makes all unlimited', () => {
  assert.equal(
    freeQuantityOf([
      { onHand: 5, reserved: 2 },
      { onHand: 1, reserved: 1 },
    ]),
    3,
  );
  assert.equal(
    freeQuantityOf([
      { onHand: 5, reserved: 2 },
      { onHand: null, reserved: 9 },
    ]),
    null,
  );
});

test('equal options, equal SKUs and missing options are named', () => {
  const pointers = (list: VariantChange[]) => variantMistakes(list).map(({ pointer }) => pointer);
  assert.deepEqual(pointers([sized('S'), sized('s')]), ['/variants/1/options']);
  assert.deepEqual(pointers([sized('S', { sku: 'A' }), sized('M', { sku: 'A' })]), ['/variants/1/sku']);
  assert.deepEqual(pointers([sized('S'), change()]), ['/variants/1/options']);
  assert.deepEqual(optionPickers([sized('S'), sized('M')]), [{ name: 'Size', values: ['S', 'M'] }]);
});
