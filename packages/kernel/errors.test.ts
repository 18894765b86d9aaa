import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { defineErrors, faultFrom } from './errors.ts';

const errors = defineErrors({
  OUT_OF_STOCK: {
    status: 409,
    data: z.object({ sku: z.string() }),
    message: ({ sku }) => `Not enough stock of ${sku}.`,
  },
  CLOSED: { status: 409, message: 'The store is closed.' },
});

test('a fault carries its code, its status and a message made of its data', () => {
  const fault = errors.OUT_OF_STOCK({ sku: 'CUP' });
  assert.equal(fault.code, 'OUT_OF_STOCK');
  assert.equal(fault.status, 409);
  assert.equal(fault.message, 'Not enough stock of CUP.');
  assert.deepEqual(errors.CLOSED({}).data, {});
});

test('an unforeseen error becomes INTERNAL and keeps its cause for the log alone', () => {
  const cause = new Error('password=secret');
  const fault = faultFrom(cause);
  assert.equal(fault.code, 'INTERNAL');
  assert.equal(fault.cause, cause);
  assert.ok(!fault.message.includes('secret'));
  assert.equal(faultFrom(fault), fault);
});
