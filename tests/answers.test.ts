import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeReader, wholeReader } from '@plaza/kernel';
import { INTERNAL, ROUTED } from './support/calls.ts';

/** The value with a field nobody declared in every object of it. */
function withSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, withSecrets(field)] as const);
  return { ...Object.fromEntries(fields), undeclaredSecret: 'x' };
}

/** As it goes over the wire: fields that are undefined are gone. */
const sent = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

test('the answers of every operation are the same read by their shape as read wholly', () => {
  for (const { name, operation } of [...ROUTED, ...INTERNAL]) {
    const { output } = operation.example;
    assert.deepEqual(sent(shapeReader(operation.output)(output)), sent(wholeReader(operation.output)(output)), name);
  }
});

test('no operation answers a field that it does not declare, however thoroughly its answers are checked', () => {
  for (const { name, operation } of [...ROUTED, ...INTERNAL]) {
    const answer = withSecrets(operation.example.output);
    const whole = operation.output.safeParse(answer);
    // An open map takes the field for one of its own, or refuses it: then both must.
    if (!whole.success) assert.throws(() => shapeReader(operation.output)(answer), name);
    else assert.deepEqual(sent(shapeReader(operation.output)(answer)), sent(whole.data), name);
  }
});
