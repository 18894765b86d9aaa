import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MESSAGES } from './index.ts';

const LANGUAGES = ['en', 'th', 'es', 'ja'] as const;

test('every text is there in every language', () => {
  const missing = Object.entries(MESSAGES).flatMap(([key, row]) =>
    LANGUAGES.filter((lang) => (row as Record<string, string>)[lang]?.trim() === '' || !(lang in row)).map(
      (lang) => `${key}.${lang}`,
    ),
  );
  assert.deepEqual(missing, []);
});

test('a text fills in the same values in every language', () => {
  const blanksOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  const different = Object.entries(MESSAGES).filter(([, row]) =>
    LANGUAGES.some((lang) => blanksOf(row[lang]) !== blanksOf(row.en)),
  );
  assert.deepEqual(
    different.map(([key]) => key),
    [],
  );
});
