import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invalidInputFrom } from '@plaza/kernel';
import { z } from 'zod';
import { mistakeText, translator } from './messages.ts';

const Form = z.object({
  name: z.string().trim().min(1).max(5),
  password: z.string().min(8),
  days: z.int().min(1).max(30),
  price: z.object({ amountMinor: z.int().min(100) }),
  email: z.email(),
  state: z.enum(['on', 'off']),
  code: z.string().regex(/^[A-Z]+$/, 'may have capital letters only'),
});
const WRONG = { name: ' ', password: 'short', days: 31, price: { amountMinor: 1 }, email: 'x', state: 'y', code: '1' };

function mistakes(lang: string, entered: object) {
  const { error } = Form.safeParse({ ...WRONG, ...entered });
  const { errors } = invalidInputFrom(error as z.ZodError);
  return Object.fromEntries(errors.map((each) => [each.pointer.slice(1), mistakeText(translator(lang), each)]));
}

test('what is wrong with a field is said with its limit, in the reader’s language', () => {
  const { name, password, days } = mistakes('es', {});
  assert.deepEqual([name, password, days], ['Falta este dato.', 'Al menos 8 caracteres.', 'Como máximo 30.']);
  assert.equal(mistakes('es', { name: 'too long' }).name, 'Como máximo 5 caracteres.');
  assert.equal(mistakes('ja', { days: 0 }).days, '1以上で入力してください。');
});

test('money is not counted in minor units for a reader', () => {
  assert.equal(mistakes('en', {})['price/amountMinor'], 'Too short or too small.');
});

test('an English reader sees what the API wrote for them, and nothing of the schema library', () => {
  const { name, email, state, code } = mistakes('en', {});
  assert.equal(name, 'This is missing.');
  assert.equal(email, 'Invalid email address');
  assert.equal(state, 'Choose one of the offered values.');
  assert.equal(code, 'may have capital letters only');
});
