import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Fault } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { aroundOf, kmTo, pointOf } from './places.ts';

const marketplaces = loadMarketplaces(fileURLToPath(new URL('../../../marketplaces/', import.meta.url)));
const [jaikod, gamarriando, bazaar, temuhash] = ['jaikod', 'gamarriando', 'bazaar', 'temuhash'].map((id) =>
  marketplaces.get(id),
) as [Settings, Settings, Settings, Settings];
type Settings = ReturnType<typeof marketplaces.get>;

const place = (settings: Settings, id: string) => {
  const { latitude, longitude } = settings.places.find((each) => each.id === id) as Settings['places'][number];
  return { latitude, longitude };
};

test('a listing is where its city is, however it is written; else where its region is; else nowhere', () => {
  const cases: readonly [Settings, { city?: string; region?: string }, string | null][] = [
    [jaikod, { city: 'หางดง', region: 'เชียงใหม่' }, 'hang-dong'],
    [jaikod, { city: 'hang dong', region: 'Chiang Mai' }, 'hang-dong'],
    [jaikod, { city: 'เมืองขอนแก่น', region: 'ขอนแก่น' }, 'khon-kaen'],
    [jaikod, { city: 'เขตจตุจักร', region: 'กรุงเทพฯ' }, 'bangkok'],
    [jaikod, { city: 'แม่ริม', region: 'จังหวัดเชียงใหม่' }, 'chiang-mai'],
    [jaikod, { city: 'Korat' }, 'nakhon-ratchasima'],
    [gamarriando, { city: 'merida', region: 'YUCATAN' }, 'merida'],
    [gamarriando, { city: 'Coyoacán', region: 'CDMX' }, 'coyoacan'],
    [gamarriando, { city: 'Tepatitlán', region: 'Jalisco' }, null],
    [bazaar, { city: 'Portland', region: 'Oregon' }, 'portland'],
    [bazaar, { city: 'Portland', region: 'Maine' }, null],
    [bazaar, { city: '京都市', region: '京都府' }, 'kyoto'],
    [temuhash, { city: 'Lisbon' }, null],
    [jaikod, {}, null],
  ];
  for (const [settings, location, id] of cases)
    assert.deepEqual(pointOf(settings, location), id === null ? null : place(settings, id), JSON.stringify(location));
  assert.equal(pointOf(jaikod, null), null);
});

test('its own coordinates come before its city, to about a kilometer', () => {
  const location = { city: 'ภูเก็ต', latitude: 18.788344, longitude: 98.985301 };
  assert.deepEqual(pointOf(jaikod, location), { latitude: 18.79, longitude: 98.99 });
});

test('near is a place or coordinates; what is neither is refused by its field', () => {
  assert.deepEqual(aroundOf(jaikod, { near: 'phuket', withinKm: 25 }), {
    point: place(jaikod, 'phuket'),
    withinKm: 25,
  });
  const around = aroundOf(jaikod, { near: '13.7563, 100.5018' });
  assert.deepEqual(around, { point: { latitude: 13.76, longitude: 100.5 }, withinKm: null });
  assert.equal(aroundOf(jaikod, {}), null);
  assert.equal(kmTo(jaikod, around, { region: 'Chiang Mai' }), 582);
  assert.deepEqual([kmTo(jaikod, around, { city: 'nowhere' }), kmTo(jaikod, null, { city: 'Phuket' })], [null, null]);
  const pointerOf = (asked: { near?: string; withinKm?: number }) => {
    try {
      aroundOf(jaikod, asked);
    } catch (error) {
      return error instanceof Fault ? error.errors[0]?.pointer : error;
    }
    return undefined;
  };
  for (const near of ['atlantis', '91,0', '0,181', '13.75', 'NaN,1', '1,2,3'])
    assert.equal(pointerOf({ near }), '/near', near);
  assert.equal(pointerOf({ withinKm: 5 }), '/withinKm');
});
