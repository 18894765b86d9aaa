import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notificationsContract } from './contract.ts';

describe('notifications contract', () => {
  for (const [name, operation] of Object.entries(notificationsContract)) {
    test(`the example of ${name} is valid`, () => {
      assert.ok(operation.input.safeParse(operation.example.input).success, 'input');
      const output = operation.output.safeParse(operation.example.output);
      assert.ok(output.success, JSON.stringify(output.error?.issues));
    });
  }
});
