import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rolesFrom } from './roles.ts';

test('roles are kept once each, in one order, with buyer always among them', () => {
  assert.deepEqual(rolesFrom([]), ['buyer']);
  assert.deepEqual(rolesFrom(['admin', 'seller', 'admin']), ['buyer', 'seller', 'admin']);
});
