import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, safeNext } from './paths.ts';

test('after signing in one comes back to our own pages only', () => {
  assert.equal(safeNext('/th/cart?x=1', 'th'), '/th/cart?x=1');
  for (const address of ['//evil.example', 'https://evil.example', '/\\evil.example', '/th//evil', '', 'javascript:0'])
    assert.ok(['/th', '/th//evil'].includes(safeNext(address, 'th')), address);
});

test('a form leads back to the page it was sent from, on our own site', () => {
  assert.equal(pathOf('https://bazaar.example/th/cart?x=1#y'), '/th/cart?x=1');
  assert.equal(pathOf('https://bazaar.example//evil.example/a'), '/evil.example/a');
  assert.equal(pathOf(null), '/');
});
