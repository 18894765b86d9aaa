import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange, type Ranked } from './arrange.ts';
import { CoOccurrence } from './co-occurrence.ts';
import { gramsOf, likeness } from './grams.ts';
import { Popularity } from './popularity.ts';
import { type Features, judgeByDefault, judgeByTrees } from './rerank.ts';

const DAY_MS = 86_400_000;
const seen = (item: string, atMs = 0, weight = 1) => ({ item, weight, atMs });

test('what the same people deal with goes together, the more people the more, and a history is not suggested to itself', () => {
  const model = new CoOccurrence();
  for (let actor = 0; actor < 9; actor++) {
    model.learn(`a${actor}`, seen('lamp', actor));
    model.learn(`a${actor}`, seen(actor < 6 ? 'bulb' : 'shade', actor));
  }
  assert.deepEqual(
    model.relatedTo('lamp', 5).map(({ item }) => item),
    ['bulb', 'shade'],
  );
  const suggested = model.suggestFor([seen('lamp'), seen('bulb')], 5);
  assert.deepEqual(
    suggested.map(({ item, because }) => [item, because]),
    [['shade', 'lamp']],
  );
  assert.deepEqual(model.relatedTo('unheard-of', 5), []);
});

test('newer events count more, and one person saying it again and again counts once', () => {
  const model = new CoOccurrence({ halfLifeMs: 10 * DAY_MS });
  for (let actor = 0; actor < 5; actor++) {
    for (const [item, day] of [
      ['lamp', 0],
      ['old', 0],
    ] as const)
      model.learn(`o${actor}`, seen(item, day));
    for (const item of ['lamp', 'new']) model.learn(`n${actor}`, seen(item, 60 * DAY_MS));
  }
  const [first, second] = model.relatedTo('lamp', 2);
  assert.deepEqual([first?.item, second?.item], ['new', 'old']);
  const before = model.relatedTo('old', 1)[0]?.score;
  for (let again = 0; again < 50; again++)
    for (const item of ['lamp', 'old']) model.learn('o1', seen(item, 60 * DAY_MS));
  assert.equal(model.relatedTo('old', 1)[0]?.score, before);
});

test('pairs stay within their limit, and what is pruned is what is weak', () => {
  const model = new CoOccurrence({ pairsMax: 6_000 });
  for (let actor = 0; actor < 400; actor++) {
    model.learn(`a${actor}`, seen('hub', actor));
    model.learn(`a${actor}`, seen('spoke', actor));
    for (let other = 0; other < 8; other++) model.learn(`a${actor}`, seen(`i${(actor * 8 + other) % 900}`, actor));
  }
  assert.ok(model.pairCount <= 6_000, String(model.pairCount));
  assert.equal(model.relatedTo('hub', 1)[0]?.item, 'spoke');
});

test('what is popular lately stands before what was popular long ago, over any time', () => {
  const popularity = new Popularity(7 * DAY_MS);
  for (let event = 0; event < 100; event++) popularity.learn('old', 1, event);
  for (let event = 0; event < 3; event++) popularity.learn('now', 1, 90 * DAY_MS);
  assert.deepEqual(
    popularity.top(2).map(([item]) => item),
    ['now', 'old'],
  );
  assert.equal(popularity.of('now'), 3);
  popularity.learn('later', 1, 10_000 * DAY_MS);
  assert.deepEqual(popularity.top(1), [['later', 1]]);
});

test('titles that share words are alike in letters, in any script', () => {
  const like = (a: string, b: string) => likeness(gramsOf(a), gramsOf(b));
  assert.ok(like('Brass lamp, vintage', 'Vintage brass lamps') > 0.6);
  assert.ok(like('Brass lamp', 'Garden hose') < 0.2);
  assert.ok(like('โคมไฟทองเหลือง', 'โคมไฟทองเหลืองเก่า') > 0.7);
  assert.equal(like('', 'lamp'), like('', 'hose'));
});

const NOTHING: Features = {
  affinity: 0,
  popularity: 0,
  freshness: 0,
  category: 0,
  store: 0,
  nearby: 0,
  likeness: 0,
  price: 0,
};

test('what goes with the history leads by default; trees of a file are summed leaf by leaf', () => {
  const others = { ...NOTHING, popularity: 1, freshness: 1, nearby: 1 };
  assert.ok(judgeByDefault({ ...NOTHING, affinity: 1 }) > judgeByDefault(others));
  const judge = judgeByTrees({
    trees: [
      { feature: 'affinity', threshold: 0.5, left: { value: -1 }, right: { value: 2 } },
      {
        feature: 'price',
        threshold: 0.1,
        left: { value: 0.25 },
        right: { feature: 'store', threshold: 0, left: { value: 1 }, right: { value: 4 } },
      },
    ],
  });
  assert.equal(judge(NOTHING), -0.75);
  assert.equal(judge({ ...NOTHING, affinity: 0.5, price: 0.2 }), 0);
  assert.equal(judge({ ...NOTHING, affinity: 0.6, price: 0.2, store: 1 }), 6);
  assert.throws(() =>
    judgeByTrees({ trees: [{ feature: 'weather', threshold: 0, left: { value: 0 }, right: { value: 0 } }] }),
  );
});

test('a page is not all of one store or one kind, and some of it is new; the same seed arranges alike', () => {
  const candidates = Array.from(
    { length: 120 },
    (_, at): Ranked => ({
      id: `c${at}`,
      storeId: at < 60 ? 'big' : `s${at}`,
      categoryId: at % 2 === 0 ? 'even' : 'odd',
      score: 1 - at / 200,
      isFresh: at >= 110,
    }),
  );
  const chance = () => 0.5;
  const page = arrange(candidates, 20, chance);
  assert.ok(page.filter(({ storeId }) => storeId === 'big').length <= 4);
  assert.equal(page[0]?.id, 'c0');
  assert.equal(page.filter(({ isFresh }) => isFresh).length, 2);
  assert.deepEqual(arrange(candidates, 20, chance), page);
  assert.equal(arrange(candidates, 500, chance).length, 120);
  assert.deepEqual(arrange([], 20, chance), []);
});
