import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marketingContract } from './contract.ts';

describe('marketing contract', () => {
  for (const [name, operation] of Object.entries(marketingContract)) {
    test(`the example of ${name} is valid`, () => {
      const input = operation.input.safeParse(operation.example.input);
      assert.ok(input.success, JSON.stringify(input.error?.issues));
      const output = operation.output.safeParse(operation.example.output);
      assert.ok(output.success, JSON.stringify(output.error?.issues));
    });
  }
});
