import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchThreadsFrom } from './settings.ts';

test('half of the processors search, at least one and at most four', () => {
  const threadsOn = (processors: number) => searchThreadsFrom({}, processors);
  assert.deepEqual([1, 2, 3, 4, 8, 64].map(threadsOn), [1, 1, 1, 2, 4, 4]);
});

test('the setting says it otherwise, and is refused when it is no number of threads', () => {
  assert.equal(searchThreadsFrom({ PLAZA_SEARCH_THREADS: '2' }, 2), 2);
  for (const setting of ['0', '17', '1.5', 'all', ''])
    assert.throws(() => searchThreadsFrom({ PLAZA_SEARCH_THREADS: setting }), /PLAZA_SEARCH_THREADS/);
});
