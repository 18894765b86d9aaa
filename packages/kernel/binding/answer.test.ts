import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { shapeReader, wholeReader } from './answer.ts';

const Price = z.object({ amountMinor: z.int(), currency: z.enum(['USD', 'THB']) });
const Card = z.object({
  id: z.string().regex(/^lst_/),
  price: Price,
  compareAt: Price.nullable(),
  note: z.string().optional(),
  time: z.iso.datetime().nullable(),
  names: z.partialRecord(z.enum(['en', 'th']), z.string()),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  choices: z.array(z.object({ name: z.string() })),
  state: z.literal('open'),
});
const card = {
  id: 'lst_1',
  price: { amountMinor: 100, currency: 'USD', secretMargin: 4 },
  compareAt: null,
  time: '2026-11-21T06:00:00.000Z',
  names: { en: 'Lamp' },
  attributes: { color: 'red', sizes: ['S'], weight: 1.5, isNew: true },
  choices: [{ name: 'Size', secretId: 1 }],
  state: 'open',
  secret: 'of the store',
};

describe('an answer read by its shape', () => {
  const read = shapeReader(Card);

  test('is the same as read wholly: only what is declared, at every depth', () => {
    assert.deepEqual(read(card), wholeReader(Card)(card));
    assert.doesNotMatch(JSON.stringify(read(card)), /secret/);
    assert.deepEqual(read({ ...card, note: 'n' }), wholeReader(Card)({ ...card, note: 'n' }));
  });

  test('is refused when a kind is wrong or a field is missing, by the words of the schema', () => {
    const { price: _, ...withoutPrice } = card;
    const wrong = [
      withoutPrice,
      { ...card, id: 1 },
      { ...card, price: { ...card.price, amountMinor: 1.5 } },
      { ...card, price: { ...card.price, currency: 'XYZ' } },
      { ...card, time: new Date() },
      { ...card, names: { fr: 'Lampe' } },
      { ...card, choices: {} },
      { ...card, state: 'closed' },
      null,
      [],
    ];
    for (const answer of wrong) assert.throws(() => read(answer), z.ZodError);
  });

  test('gets what its schema changes changed, and what is strict refused', () => {
    const changing = z.object({
      text: z.string().trim(),
      count: z.int().default(3),
      kind: z.string().transform(Number),
    });
    assert.deepEqual(shapeReader(changing)({ text: ' a ', kind: '7' }), { text: 'a', count: 3, kind: 7 });
    const defaulted = z.object({ count: z.int().default(3).optional(), list: z.array(z.string()).default([]) });
    assert.deepEqual(shapeReader(defaulted)({}), wholeReader(defaulted)({}));
    assert.throws(() => shapeReader(z.strictObject({ a: z.string() }))({ a: 'a', b: 'b' }), z.ZodError);
    assert.deepEqual(shapeReader(z.looseObject({ a: z.string() }))({ a: 'a', b: 'b' }), { a: 'a', b: 'b' });
  });

  test('of one of several objects is read by the first that fits wholly', () => {
    const either = z.union([z.object({ id: z.string().startsWith('a') }), z.object({ id: z.string(), more: z.int() })]);
    assert.deepEqual(shapeReader(either)({ id: 'b', more: 1 }), { id: 'b', more: 1 });
  });

  test('keeps a field called __proto__ from becoming a prototype', () => {
    const open = z.object({ attributes: z.record(z.string(), z.string()) });
    const shaped = shapeReader(open)(JSON.parse('{"attributes":{"__proto__":"x","a":"b"}}'));
    assert.deepEqual(shaped, { attributes: { a: 'b' } });
  });
});
