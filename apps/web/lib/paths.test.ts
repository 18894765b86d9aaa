import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeNext } from './paths.ts';

test('after signing in one comes back to our own pages only', () => {
  assert.equal(safeNext('/th/cart?x=1', 'th'), '/th/cart?x=1');
  for (const address of ['//evil.example', 'https://evil.example', '/\\evil.example', '/th//evil', '', 'javascript:0'])
    assert.ok(['/th', '/th//evil'].includes(safeNext(address, 'th')), address);
});
