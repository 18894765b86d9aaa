import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CachedAnswer, GuestCache } from './guest-cache.ts';

/** An answer of `kilobytes`, fresh until the time 1,000. */
function answerOf(kilobytes: number, marketplaceId = 'bazaar'): CachedAnswer {
  return { body: Buffer.alloc(kilobytes * 1024), etag: '"1"', freshUntilMs: 1_000, marketplaceId };
}

/** Gives the cache an answer to what is asked for again. */
function keep(cache: GuestCache, key: string, answer: CachedAnswer, state = 0): void {
  cache.set(key, answer, state);
  cache.set(key, answer, state);
}

test('what is asked for once is not kept, nor are its traces for long', () => {
  const cache = new GuestCache();
  cache.set('page', answerOf(1), 0);
  assert.equal(cache.get('page', 0), undefined);
  cache.set('page', answerOf(1), 0);
  assert.ok(cache.get('page', 0), 'it was asked for again');
  cache.set('long ago', answerOf(1), 0);
  for (let page = 0; page < 10_000; page++) cache.set(`page ${page}`, answerOf(1), 0);
  cache.set('long ago', answerOf(1), 0);
  assert.equal(cache.get('long ago', 0), undefined);
  const long = 'x'.repeat(10_000);
  keep(cache, long, answerOf(1));
  assert.equal(cache.get(long, 0), undefined, 'an address of any length would fill the memory of what was asked');
});

test('it never takes more than it may, and what nobody asked for the longest goes first', () => {
  const bytesMax = 1024 * 1024;
  const cache = new GuestCache(bytesMax);
  for (let page = 0; page < 200; page++) {
    keep(cache, `page ${page}`, answerOf(20));
    assert.ok(cache.bytes <= bytesMax, `${cache.bytes} bytes after ${page} pages`);
    assert.ok(cache.get('page 0', 0), 'the one that is asked for all the time stays');
  }
  assert.ok(cache.bytes > bytesMax - 22 * 1024, 'its room is used');
  assert.equal(cache.get('page 1', 0), undefined);
  assert.ok(cache.get('page 199', 0));
});

test('an answer too big to be kept drives out nothing, nor does it leave an older one behind', () => {
  const cache = new GuestCache(1024 * 1024);
  keep(cache, 'small', answerOf(1));
  keep(cache, 'page', answerOf(2));
  keep(cache, 'page', answerOf(100));
  assert.ok(cache.get('small', 0));
  assert.equal(cache.get('page', 0), undefined);
});

test('what is replaced, stale or forgotten takes no room', () => {
  const cache = new GuestCache();
  keep(cache, 'page', answerOf(3));
  const { bytes } = cache;
  keep(cache, 'page', answerOf(3));
  assert.equal(cache.bytes, bytes);
  assert.equal(cache.get('page', 1_000), undefined, 'its time is over');
  assert.equal(cache.bytes, 0);
  keep(cache, 'page', answerOf(3));
  keep(cache, 'other', answerOf(3, 'jaikod'));
  cache.forget('bazaar');
  assert.equal(cache.get('page', 0), undefined);
  assert.ok(cache.get('other', 0));
  cache.forget('jaikod');
  assert.equal(cache.bytes, 0);
});

test('an answer that was being made while the marketplace changed is not kept', () => {
  const cache = new GuestCache();
  const state = cache.stateOf('bazaar');
  cache.forget('bazaar');
  keep(cache, 'page', answerOf(1), state);
  assert.equal(cache.get('page', 0), undefined);
  keep(cache, 'page', answerOf(1), cache.stateOf('bazaar'));
  assert.ok(cache.get('page', 0));
  cache.forget('jaikod');
  assert.ok(cache.get('page', 0), 'that was another marketplace');
});
