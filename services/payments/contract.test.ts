import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { paymentsContract } from './contract.ts';

describe('payments contract', () => {
  for (const [name, operation] of Object.entries(paymentsContract)) {
    test(`the example of ${name} is valid`, () => {
      assert.ok(operation.input.safeParse(operation.example.input).success, 'input');
      const output = operation.output.safeParse(operation.example.output);
      assert.ok(output.success, JSON.stringify(output.error?.issues));
    });
  }
});
