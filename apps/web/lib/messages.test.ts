import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText, mistakeText, translator } from './messages.ts';

const said = (lang: string, mistake: Parameters<typeof mistakeText>[1]) => mistakeText(translator(lang), mistake);

test('what is wrong with a field is said with its limit, in the reader’s language', () => {
  const short = { pointer: '/password', code: 'too_small', detail: 'must have at least 8 characters' };
  assert.equal(said('es', { ...short, limit: { of: 'characters', minimum: 8 } }), 'Al menos 8 caracteres.');
  assert.equal(said('en', { ...short, limit: { of: 'characters', minimum: 8 } }), 'At least 8 characters.');
  assert.equal(said('es', { ...short, limit: { of: 'characters', minimum: 1 } }), 'Falta este dato.');
  assert.equal(said('es', { ...short, limit: { of: 'value', maximum: 30 } }), 'Como máximo 30.');
  assert.equal(said('ja', { ...short, limit: { of: 'items', maximum: 5 } }), '5件までです。');
});

test('what was typed as a number and is none is not called missing', () => {
  const days = { pointer: '/days', code: 'invalid_type', detail: 'must be a whole number' };
  assert.equal(said('es', days), 'No es un número válido.');
  assert.equal(said('es', { ...days, detail: 'must be given' }), 'Completa este campo.');
});

test('what is wrong in a file is said with its line and column', () => {
  const choices = ['payment', 'refund'];
  const cell = { pointer: '/report', code: 'invalid_value', choices, at: { line: 3, column: 'subject' } };
  const detail = 'line 3, subject: must be one of payment, refund';
  assert.equal(said('en', { ...cell, detail }), 'Line 3, subject: must be one of payment, refund');
  assert.equal(said('es', { ...cell, detail }), 'Línea 3, subject: Debe ser uno de: payment, refund.');
  const line = { pointer: '/report', code: 'csv', at: { line: 3 }, detail: 'line 3: cannot be read as CSV' };
  assert.equal(said('th', line), 'บรรทัด 3: อ่านเป็น CSV ไม่ได้');
});

test('what is gone is said in every language, whatever it was', () => {
  const told = (lang: string) => errorText(translator(lang), 'ADDRESS_NOT_FOUND', 'There is no such address.');
  assert.equal(told('es'), 'Esto ya no está. Vuelve a cargar la página.');
  assert.equal(told('en'), 'There is no such address.');
});

test('money is not counted in minor units for a reader', () => {
  const limit = { of: 'value', minimum: 100 } as const;
  const low = { pointer: '/price/amountMinor', code: 'too_small', detail: 'must be at least 100', limit };
  assert.equal(said('en', low), 'Too short or too small.');
});

test('without a limit an English reader sees what the API says, others what kind of mistake it is', () => {
  const code = { pointer: '/code', code: 'invalid_format', detail: 'must have capital letters only' };
  assert.equal(said('en', code), 'must have capital letters only');
  assert.equal(said('th', { ...code, code: 'no_such_code' }), 'ไม่ถูกต้อง');
});
