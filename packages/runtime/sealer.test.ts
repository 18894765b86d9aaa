import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSealer } from './sealer.ts';

const sealer = createSealer('an installation’s secret', 'tests');

test('what is sealed opens again, bound or not, and looks different each time', () => {
  const content = { number: '4242', names: ['น้ำ'] };
  assert.deepEqual(sealer.open(sealer.seal(content)), content);
  assert.deepEqual(sealer.open(sealer.seal(content, 'bazaar'), 'bazaar'), content);
  assert.notEqual(sealer.seal(content), sealer.seal(content));
});

test('it opens for nothing else: another use, another secret, another binding, or a changed text', () => {
  const sealed = sealer.seal('secret', 'bazaar');
  assert.throws(() => sealer.open(sealed, 'jaikod'));
  assert.throws(() => sealer.open(sealed));
  assert.throws(() => createSealer('an installation’s secret', 'other').open(sealed, 'bazaar'));
  assert.throws(() => createSealer('another secret', 'tests').open(sealed, 'bazaar'));
  assert.throws(() => sealer.open(`${sealed.slice(0, -4)}AAAA`, 'bazaar'));
});
