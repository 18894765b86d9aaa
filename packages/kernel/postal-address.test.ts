import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressMistakes } from './postal-address.ts';

const codesOf = (given: { phone?: string; postalCode?: string; countryCode?: string }) =>
  addressMistakes({ phone: '', postalCode: '', countryCode: 'US', ...given }).map(({ code }) => code);

test('a phone number may be written in any of the usual ways', () => {
  for (const phone of [
    '+1 503 555 0100',
    '(503) 555-0100',
    '503.555.0100 ext. 12',
    '081-234-5678',
    '08/1234/5678',
    '+66812345678',
    '๐๘๑๒๓๔๕๖๗๘',
    '０３－１２３４－５６７８',
    '',
  ])
    assert.deepEqual(codesOf({ phone }), [], phone);
  for (const phone of ['abc', '1234', '+', '12345678901234567890', 'call me 5551234', '--- ---'])
    assert.deepEqual(codesOf({ phone }), ['phone'], phone);
});

test('a postal code is judged where all of a country are alike, and not elsewhere', () => {
  const good = [
    ['US', '97201'],
    ['US', '97201-1234'],
    ['TH', '10110'],
    ['MX', '06600'],
    ['JP', '〒150-0001'],
    ['JP', '１５０－０００１'],
    ['CA', 'k1a 0b1'],
    ['PL', '00-950'],
    ['GB', 'SW1A 1AA'],
    ['IE', 'whatever they write'],
    ['TH', ''],
  ] as const;
  for (const [countryCode, postalCode] of good) assert.deepEqual(codesOf({ countryCode, postalCode }), [], postalCode);
  const wrong = [
    ['US', '9720'],
    ['TH', 'none'],
    ['MX', '6600'],
    ['JP', '150'],
    ['CA', '12345'],
  ] as const;
  for (const [countryCode, postalCode] of wrong)
    assert.deepEqual(codesOf({ countryCode, postalCode }), ['postalCode'], postalCode);
});

test('a mistake says where it is', () => {
  const pointers = addressMistakes({ phone: 'abc', postalCode: 'x', countryCode: 'TH' }, '/address');
  assert.deepEqual(
    pointers.map(({ pointer }) => pointer),
    ['/address/phone', '/address/postalCode'],
  );
});
