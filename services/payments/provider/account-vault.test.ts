import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccountVault } from './account-vault.ts';

const ACCOUNT = { kind: 'us_bank', routingNumber: '021000021', accountNumber: '000123456789' } as const;

test('a sealed account opens only with its key, as the account it is, and unchanged', () => {
  const vault = createAccountVault('key');
  const sealed = vault.seal('bazaar', 'a', ACCOUNT);
  assert.deepEqual(vault.open('bazaar', 'a', sealed), ACCOUNT);
  assert.notEqual(vault.seal('bazaar', 'a', ACCOUNT), sealed);
  assert.equal(Buffer.from(sealed, 'base64url').includes('123456789'), false);
  const changed = Buffer.from(sealed, 'base64url');
  changed[30] = (changed[30] ?? 0) ^ 1;
  for (const open of [
    () => vault.open('bazaar', 'b', sealed),
    () => vault.open('jaikod', 'a', sealed),
    () => createAccountVault('other').open('bazaar', 'a', sealed),
    () => vault.open('bazaar', 'a', changed.toString('base64url')),
  ])
    assert.throws(open);
});

test('the fingerprint is of the account, the test amounts are two of one to ninety-nine, and both keep', () => {
  const vault = createAccountVault('key');
  assert.equal(vault.fingerprint(ACCOUNT), createAccountVault('key').fingerprint({ ...ACCOUNT }));
  assert.notEqual(vault.fingerprint(ACCOUNT), vault.fingerprint({ ...ACCOUNT, accountNumber: '000123456780' }));
  for (let i = 0; i < 500; i++) {
    const [first, second] = vault.testAmounts('bazaar', `a${i}`);
    assert.ok(first >= 1 && first <= 99 && second >= 1 && second <= 99 && first !== second, `${first} ${second}`);
    assert.deepEqual(vault.testAmounts('bazaar', `a${i}`), [first, second]);
  }
});
