import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { parameterReader } from './coercion.ts';

describe('A text of a URL', () => {
  const kinds: Record<string, { schema: z.ZodType; text: unknown; read: unknown }> = {
    'a number': { schema: z.number(), text: '2.5', read: 2.5 },
    'a whole number with a default': { schema: z.int().min(1).default(20), text: '20', read: 20 },
    'a number that may be null': { schema: z.number().nullable().optional(), text: '3', read: 3 },
    'a number that something is made of': { schema: z.number().transform(String), text: '4', read: 4 },
    'what must be one number': { schema: z.literal(5), text: '5', read: 5 },
    'a boolean': { schema: z.boolean().optional(), text: 'false', read: false },
    'what must be true': { schema: z.literal(true).optional(), text: 'true', read: true },
    'a list of numbers': { schema: z.array(z.number()), text: ['1', '2'], read: [1, 2] },
    'a list of a single one': { schema: z.array(z.boolean()).prefault([]), text: 'true', read: [true] },
    'one of several kinds, the first': { schema: z.union([z.number(), z.string()]), text: '6', read: 6 },
    'a text, though it looks like a number': { schema: z.string(), text: '0815', read: '0815' },
  };
  for (const [kind, { schema, text, read }] of Object.entries(kinds)) {
    test(`is read as ${kind}`, () => {
      assert.deepEqual(parameterReader(z.object({ given: schema }))({ given: text }), { given: read });
    });
  }

  test('stays text when it does not read, so that the schema refuses it by its name', () => {
    const read = parameterReader(z.object({ limit: z.number(), open: z.boolean(), ids: z.array(z.number()) }));
    const texts = { limit: 'ten', open: 'yes', ids: ['1', ''], unknown: '5' };
    assert.deepEqual(read(texts), { ...texts, ids: [1, ''] });
  });
});
