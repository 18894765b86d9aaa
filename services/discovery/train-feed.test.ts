import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeByTrees } from './domain/rerank.ts';
import { publish, startDiscovery } from './testing/shop.ts';

const HOUR_MS = 3_600_000;
const PEOPLE = 60;

test('what people go on to is learned from the log and foretold better; with too few people nothing is learned', async () => {
  await using started = await startDiscovery();
  const { host, discovery, admin } = started;
  const names = Array.from({ length: 18 }, (_, i) => `thing-${i}`);
  await publish(
    host,
    names.map((externalId) => ({ title: externalId, externalId })),
  );
  const startMs = Date.now();
  host.advance({ minutes: 60 * 100 });
  const train = () => discovery.trainFeed({}, host.service());
  const none = { eventCount: 0, learnedFrom: 0, foretold: 0, builtIn: null, learned: null, model: null };
  assert.deepEqual(await train(), none);

  // All know the first ten, and go on to what nobody has dealt with yet: first to four, and then to four others.
  const rows: { userId: string; externalId: string; time: string }[] = [];
  const view = (person: number, thing: number) =>
    rows.push({
      userId: `person-${person}`,
      externalId: names[thing] as string,
      time: new Date(startMs + HOUR_MS + rows.length * 1_000).toISOString(),
    });
  for (let each = 0; each < 3 * PEOPLE; each++) view(each % PEOPLE, (each * 7) % 10);
  for (let person = 0; person < PEOPLE; person++) view(person, 10 + (person % 4));
  for (let person = 0; person < PEOPLE; person++) view(person, 14 + (person % 4));
  await discovery.importActivity({ rows }, admin);
  const { model, builtIn, learned, ...counts } = await train();
  assert.deepEqual(counts, { eventCount: 5 * PEOPLE, learnedFrom: PEOPLE, foretold: PEOPLE });
  assert.ok(model !== null && builtIn !== null && learned !== null && learned > builtIn + 0.1, `${builtIn} ${learned}`);
  assert.ok(Number.isFinite(judgeByTrees(JSON.parse(model))({} as never)));

  await assert.rejects(discovery.trainFeed({}, admin), { code: 'FORBIDDEN' });
  const elsewhere = host.service({ marketplaceId: 'jaikod' });
  assert.deepEqual(await discovery.trainFeed({}, elsewhere), none);
});
