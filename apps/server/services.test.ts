import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Contract } from '@plaza/kernel';
import { SERVICES } from './services.ts';

for (const { name: service, contract } of SERVICES) {
  describe(`the contract of ${service}`, () => {
    for (const [name, { input, output, example }] of Object.entries(contract as Contract)) {
      test(`the example of ${name} is valid`, () => {
        assert.deepEqual(input.safeParse(example.input).error?.issues, undefined, 'what is sent');
        assert.deepEqual(output.safeParse(example.output).error?.issues, undefined, 'what is answered');
      });
    }
  });
}
