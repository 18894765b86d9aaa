import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attribute } from '@plaza/kernel/marketplace';
import fc from 'fast-check';
import { attributeMistakes } from './attributes.ts';

const option = (value: string) => ({ value, label: { en: value } });
const attribute = (given: object) => Attribute.parse({ label: { en: 'x' }, ...given });
const SCHEMA = [
  attribute({ key: 'brand', type: 'text', required: true }),
  attribute({ key: 'ram', type: 'number', unit: 'GB', minimum: 1, maximum: 64 }),
  attribute({ key: 'wireless', type: 'boolean' }),
  attribute({ key: 'color', type: 'enum', options: [option('red'), option('blue')] }),
  attribute({ key: 'ports', type: 'multi-enum', options: [option('usb'), option('hdmi'), option('vga')] }),
];

const right = fc.record(
  {
    brand: fc.string({ minLength: 1 }),
    ram: fc.double({ min: 1, max: 64, noNaN: true }),
    wireless: fc.boolean(),
    color: fc.constantFrom('red', 'blue'),
    ports: fc.subarray(['usb', 'hdmi', 'vga']),
  },
  { requiredKeys: ['brand'] },
);

test('whatever follows the schema is accepted', () => {
  fc.assert(
    fc.property(right, (values) => assert.deepEqual(attributeMistakes(SCHEMA, values, { isComplete: true }), [])),
  );
});

test('one wrong value is refused by its pointer, and nothing else is', () => {
  const wrong = fc.constantFrom<[string, never]>(
    ...([
      ['brand', 7],
      ['ram', 65],
      ['ram', '8'],
      ['ram', Number.NaN],
      ['wireless', 'yes'],
      ['color', 'green'],
      ['ports', 'usb'],
      ['ports', ['usb', 'usb']],
      ['ports', ['scsi']],
    ] as unknown as [string, never][]),
  );
  fc.assert(
    fc.property(right, wrong, (values, [key, value]) => {
      const found = attributeMistakes(SCHEMA, { ...values, [key]: value }, { isComplete: true });
      assert.deepEqual(
        found.map(({ pointer }) => pointer),
        [`/attributes/${key}`],
      );
    }),
  );
});

test('keys that the category does not have are refused, with their slashes escaped', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (key) => {
      fc.pre(!SCHEMA.some((each) => each.key === key));
      const values = Object.fromEntries([
        ['brand', 'Sony'],
        [key, 'x'],
      ]);
      const [mistake] = attributeMistakes(SCHEMA, values, { isComplete: true });
      assert.equal(mistake?.code, 'unknown');
      assert.equal(mistake.pointer.split('/').length, 3);
    }),
  );
});

test('a draft may lack what publishing requires', () => {
  assert.deepEqual(attributeMistakes(SCHEMA, {}, { isComplete: false }), []);
  assert.deepEqual(attributeMistakes(SCHEMA, { brand: '' }, { isComplete: true }), [
    { pointer: '/attributes/brand', code: 'required', detail: 'must be given' },
  ]);
});
