import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { fieldErrorsOf, noneOf, whatWouldBeRight } from './field-errors.ts';

/** What is said of `value`, which must not be right. */
function mistakesOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value, { error: whatWouldBeRight });
  assert.ok(error);
  return fieldErrorsOf(error);
}

describe('What is wrong with a field', () => {
  test('is named by JSON pointer', () => {
    const schema = z.object({ 'a/b': z.array(z.object({ price: z.int() })) });
    assert.deepEqual(
      mistakesOf(schema, { 'a/b': [{ price: 1.5 }] }).map(({ pointer }) => pointer),
      ['/a~1b/0/price'],
    );
  });

  const cases: readonly [string, z.ZodType, unknown, string, object?][] = [
    [
      'a text too short',
      z.string().min(8),
      'short',
      'must have at least 8 characters',
      { of: 'characters', minimum: 8 },
    ],
    ['an empty text', z.string().trim().min(1), ' ', 'must not be empty', { of: 'characters', minimum: 1 }],
    ['a text too long', z.string().max(3), 'long', 'must have at most 3 characters', { of: 'characters', maximum: 3 }],
    ['too many items', z.array(z.int()).max(1), [1, 2], 'must have at most 1 item', { of: 'items', maximum: 1 }],
    ['a number too small', z.int().min(1), 0, 'must be at least 1', { of: 'value', minimum: 1 }],
    ['a number too great', z.number().max(30), 31, 'must be at most 30', { of: 'value', maximum: 30 }],
    ['nothing', z.string(), undefined, 'must be given'],
    ['another type', z.int(), '5', 'must be a number'],
    ['a part of one', z.int(), 1.5, 'must be a whole number'],
    ['none of the words', z.enum(['on', 'off']), 'up', 'must be one of on, off'],
    ['not the word', z.literal('on'), 'up', 'must be on'],
    ['what a schema has its own words for', z.string().regex(/^a/, 'must begin with a'), 'b', 'must begin with a'],
  ];
  for (const [what, schema, value, detail, limit] of cases) {
    test(`of ${what} is told as what would be right`, () => {
      const [mistake] = mistakesOf(z.object({ field: schema }), { field: value });
      assert.deepEqual([mistake?.pointer, mistake?.detail, mistake?.limit], ['/field', detail, limit]);
    });
  }

  test('what could be chosen is told as a list, too', () => {
    const [mistake] = mistakesOf(z.object({ field: z.enum(['on', 'off']) }), { field: 'up' });
    assert.deepEqual(mistake?.choices, ['on', 'off']);
    assert.deepEqual(noneOf(['on', 'off']), { detail: mistake?.detail, choices: mistake?.choices });
  });
});
