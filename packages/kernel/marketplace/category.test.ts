import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attribute, nameOfValue } from './category.ts';

const attribute = (rest: object) => Attribute.parse({ key: 'part', label: { en: 'Part' }, ...rest });

test('a value is called by its option’s label, by yes or no, or as it is written', () => {
  const options = [
    { value: 'oak', label: { en: 'Oak', es: 'Roble' } },
    { value: 'tin', label: { en: 'Tin' } },
  ];
  assert.deepEqual(nameOfValue(attribute({ type: 'enum', options }), 'oak'), { en: 'Oak', es: 'Roble' });
  assert.equal(nameOfValue(attribute({ type: 'boolean' }), 'true').es, 'Sí');
  assert.equal(nameOfValue(attribute({ type: 'boolean' }), 'false').th, 'ไม่ใช่');
  assert.deepEqual(nameOfValue(attribute({ type: 'text' }), 'Acme'), { en: 'Acme' });
  assert.deepEqual(nameOfValue(attribute({ type: 'enum', options }), 'gone'), { en: 'gone' });
});
