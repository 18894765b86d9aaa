import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readBoosts,
  readCurations,
  readSynonyms,
  readWords,
  unreadLines,
  writeBoosts,
  writeCurations,
  writeSynonyms,
} from './search-rules.ts';

test('rules are read as they were written', () => {
  const synonyms = [
    ['couch', 'sofa'],
    ['cell phone', 'mobile', 'มือถือ'],
  ];
  assert.deepEqual(readSynonyms(writeSynonyms(synonyms)), synonyms);
  assert.deepEqual(readSynonyms('alone\r\n\r\n a , b '), [['a', 'b']]);
  assert.deepEqual(readWords(' new, cheap\nソ、フ '), ['new', 'cheap', 'ソ', 'フ']);
  const id = 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7';
  const written = writeCurations([{ query: 'size: 10', pinnedListingIds: [id], hiddenListingIds: [] }]);
  assert.deepEqual(readCurations(written), [{ query: 'size: 10', pinned: [id], hidden: [] }]);
  assert.deepEqual(readCurations('gift: +https://x.example/en/l/lamp-1a?b=c -/en/l/desk-2b\nnothing'), [
    { query: 'gift', pinned: ['lamp-1a'], hidden: ['desk-2b'] },
  ]);
});

test('a line of which nothing is understood is named', () => {
  assert.deepEqual(unreadLines('a, b\r\n\r\nlamp = light\nc、d\nalone', readSynonyms), [3, 5]);
  assert.deepEqual(unreadLines('gift: +lamp-1a\ngift: lamp-1a\ngift', readCurations), [2, 3]);
});

test('boosts are read as they were written, by id or by address, with an end or without', () => {
  const boosts = [
    { subjectId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', percent: 50, untilTime: '2026-12-24T00:00:00.000Z' },
    { subjectId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7', percent: 100, untilTime: null },
  ];
  assert.deepEqual(
    readBoosts(writeBoosts(boosts)).map(({ named, percent, untilTime }) => ({
      subjectId: named,
      percent,
      untilTime,
    })),
    boosts,
  );
  assert.deepEqual(readBoosts('https://x.example/en/s/north-lights?a=/b 50% 2026-12-24\n\n/en/l/lamp-1a 20'), [
    { named: 'north-lights', isStore: true, percent: 50, untilTime: '2026-12-24T00:00:00.000Z' },
    { named: 'lamp-1a', isStore: false, percent: 20, untilTime: null },
  ]);
});
