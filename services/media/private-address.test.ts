import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPrivateAddress } from './private-address.ts';

test('an address of this machine or its neighbors is private, however it is written', () => {
  const ways = [
    ['127.0.0.1', '10.1.2.3', '169.254.169.254', '0.0.0.0'],
    ['::1', '::', 'fe80::1', 'fd00:ec2::254', 'fec0::1'],
    [
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::7f00:1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::7f00:1',
      '2002:7f00:1::',
      '2001::1',
    ],
    ['localhost', ''],
  ].flat();
  assert.deepEqual(
    ways.filter((address) => !isPrivateAddress(address)),
    [],
  );
});

test('others are not', () => {
  assert.deepEqual(['8.8.8.8', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450::1'].filter(isPrivateAddress), []);
});
