import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccess, signAccess } from './access-token.ts';

const NOW = new Date('2026-11-21T06:00:00Z');
const LATER = new Date('2026-11-22T06:00:00Z');
const ACCESS = { purpose: 'orders.guest-access', marketplaceId: 'bazaar', subject: 'ord_1' };

test('a token opens the one thing it was signed for, until its time', () => {
  const token = signAccess(ACCESS, LATER, 'key');
  assert.equal(checkAccess(ACCESS, token, 'key', NOW), 'valid');
  assert.equal(checkAccess(ACCESS, token, 'key', LATER), 'expired');
});

test('it is worth nothing for anything else, under another key, or altered', () => {
  const token = signAccess(ACCESS, LATER, 'key');
  for (const other of [{ purpose: 'other' }, { marketplaceId: 'jaikod' }, { subject: 'ord_2' }])
    assert.equal(checkAccess({ ...ACCESS, ...other }, token, 'key', NOW), 'forged', JSON.stringify(other));
  assert.equal(checkAccess(ACCESS, token, 'another key', NOW), 'forged');
  const [expires = '', mac = ''] = token.split('.');
  const longer = (Number.parseInt(expires, 36) + 1).toString(36);
  for (const altered of [
    `${longer}.${mac}`,
    `${token}.x`,
    `${expires}.`,
    expires,
    '',
    '.',
    `${expires}.${mac.slice(2)}`,
  ])
    assert.equal(checkAccess(ACCESS, altered, 'key', NOW), 'forged', altered);
});
