import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCrawler, normalizedQuery, Pace } from './activity.ts';

test('queries that a reader takes for the same are the same', () => {
  assert.equal(normalizedQuery('  Brass   LAMP '), normalizedQuery('ｂｒａｓｓ lamp'));
  assert.equal(normalizedQuery('x'.repeat(300)).length, 100);
});

test('programs that say they read the web are crawlers; browsers and apps are not', () => {
  for (const agent of ['Mozilla/5.0 (compatible; Googlebot/2.1)', 'bingbot/2.0', 'AhrefsBot/7.0', 'Baiduspider'])
    assert.ok(isCrawler(agent), agent);
  for (const agent of ['Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', 'okhttp/5.1.0', 'curl/8.9', undefined])
    assert.ok(!isCrawler(agent), agent);
});

test('an actor may do six hundred things a minute, and goes on as time passes; others are not held up', () => {
  const pace = new Pace();
  for (let request = 0; request < 3; request++) assert.ok(pace.allows('a', 200, 0));
  assert.ok(!pace.allows('a', 1, 0));
  assert.ok(pace.allows('b', 200, 0));
  assert.ok(pace.allows('a', 100, 10_000));
  assert.ok(!pace.allows('a', 1, 10_000));
});
