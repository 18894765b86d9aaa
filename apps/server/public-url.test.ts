import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAddressPattern, publicUrlOf } from './public-url.ts';

const PATTERN = 'https://{marketplace}.example.com:8443/';

describe('where people reach a marketplace', () => {
  test('is below the installation’s domain, by its id', () => {
    assert.equal(
      publicUrlOf({ PLAZA_PUBLIC_URL: PATTERN, PORT: 3000 }, { id: 'jaikod', hosts: [] }),
      'https://jaikod.example.com:8443',
    );
  });

  test('is the first host of its own, where it has some', () => {
    const jaikod = { id: 'jaikod', hosts: ['www.jaikod.co.th', 'jaikod.co.th'] };
    assert.equal(publicUrlOf({ PLAZA_PUBLIC_URL: PATTERN, PORT: 3000 }, jaikod), 'https://www.jaikod.co.th:8443');
    assert.equal(
      publicUrlOf({ PLAZA_PUBLIC_URL: undefined, PORT: 3000 }, jaikod),
      'http://jaikod.localhost:3000',
      'on a laptop its own host leads elsewhere',
    );
  });

  for (const wrong of ['example.com', 'ftp://example.com', 'https://example.com/{marketplace}', 'https://'])
    test(`cannot be told by ${wrong}`, () => assert.equal(isAddressPattern(wrong), false));
  for (const right of [PATTERN, 'http://{marketplace}.localhost:3000', 'https://Example.com'])
    test(`can be told by ${right}`, () => assert.equal(isAddressPattern(right), true));
});
