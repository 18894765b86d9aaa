import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc16, isPromptPayNumber, type PromptPayTarget, promptPayPayload } from './promptpay.ts';

/** The vectors that the field's open implementations share; each ends in a checksum over all before it. */
const VECTORS: readonly [PromptPayTarget, number | undefined, string][] = [
  [
    { kind: 'phone', number: '0801234567' },
    undefined,
    '00020101021129370016A000000677010111011300668012345675802TH530376463046197',
  ],
  [
    { kind: 'taxId', number: '0123456789012' },
    undefined,
    '00020101021129370016A000000677010111021301234567890125802TH530376463040CBD',
  ],
  [
    { kind: 'eWallet', number: '012345678901234' },
    undefined,
    '00020101021129390016A00000067701011103150123456789012345802TH530376463049781',
  ],
  [
    { kind: 'phone', number: '0000000000' },
    422,
    '00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469',
  ],
];

test('the code of a receiver is that of the published vectors', () => {
  for (const [target, amountMinor, payload] of VECTORS) assert.equal(promptPayPayload(target, amountMinor), payload);
});

test('the checksum is CRC-16/CCITT-FALSE', () => {
  assert.equal(crc16('123456789'), '29B1');
});

test('a biller gets both references, and the amount in baht with two decimals', () => {
  const payload = promptPayPayload(
    { kind: 'biller', number: '099999999999990', reference1: 'ABC123', reference2: 'X' },
    100_005,
  );
  assert.ok(payload.includes('0016A0000006770101120115099999999999990' + '0206ABC123' + '0301X'));
  assert.ok(payload.includes('54071000.05'));
  assert.equal(crc16(payload.slice(0, -4)), payload.slice(-4));
});

test('numbers that cannot be what they claim, and references that banks would not carry, are refused', () => {
  assert.ok(!isPromptPayNumber('phone', '66801234567'));
  assert.ok(!isPromptPayNumber('taxId', '123'));
  assert.throws(() => promptPayPayload({ kind: 'phone', number: '123' }));
  assert.throws(() => promptPayPayload({ kind: 'biller', number: '099999999999990', reference1: 'with space' }, 1));
});
