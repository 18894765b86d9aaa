import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bankNameOf, canonicalOf, isClabe, isIban, isPromptPayId, isRoutingNumber, numberOf } from './bank-account.ts';

test('check digits find every mistyped digit', () => {
  for (const [check, good] of [
    [isClabe, '032180000118359719'],
    [isRoutingNumber, '021000021'],
    [isIban, 'DE89370400440532013000'],
    [isIban, 'GB29NWBK60161331926819'],
  ] as const) {
    assert.equal(check(good), true, good);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digit = Number(good[at]);
        if (Number.isNaN(digit)) return;
        assert.equal(check(`${good.slice(0, at)}${(digit + by) % 10}${good.slice(at + 1)}`), false);
      }),
    );
  }
});

test('what is no account of its kind is refused', () => {
  for (const clabe of ['', '03218000011835971', '0321800001183597190', '03218000011835971X'])
    assert.equal(isClabe(clabe), false, clabe);
  for (const routing of ['000000000', '02100002', 'ABCDEFGHI']) assert.equal(isRoutingNumber(routing), false, routing);
  for (const iban of ['XX89370400440532013000', 'DE8937040044053201300', 'de89370400440532013000'])
    assert.equal(isIban(iban), false, iban);
  assert.deepEqual(['0801234567', '1234567890123', '004999000288505', '801234567'].map(isPromptPayId), [
    true,
    true,
    true,
    false,
  ]);
});

test('an account is named by its bank, and its number is the same however its bank is called', () => {
  const account = { kind: 'thai_bank', bankCode: '014', accountNumber: '1234567890' } as const;
  assert.deepEqual([bankNameOf(account), numberOf(account)], ['SCB', '1234567890']);
  assert.notEqual(canonicalOf(account), canonicalOf({ ...account, bankCode: '004' }));
  assert.equal(bankNameOf({ kind: 'clabe', clabe: '032180000118359719' }), 'CLABE 032');
});
