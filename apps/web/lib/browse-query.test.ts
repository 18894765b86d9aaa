import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiFiltersOf, browseHref, readBrowseQuery, typedPriceMinor } from './browse-query.ts';
import { withKnownPlace } from './known-place.ts';
import { onlySearchedOf } from './saved-query.ts';

test('filters of an address become filters of the API', () => {
  const query = readBrowseQuery({ attribute: ['color:red', 'ram:8..16'], condition: 'good', priceMin: '1,299.50' });
  assert.deepEqual(apiFiltersOf(query, 'THB'), {
    attribute: ['color:red', 'ram:8..16'],
    condition: ['good'],
    priceMinorMin: 129950,
  });
});

test('a distance without a place is left out, and so is a place that is none', () => {
  const places = [{ id: 'bangkok' }];
  const searched = (parameters: Record<string, string>) =>
    onlySearchedOf(withKnownPlace(readBrowseQuery(parameters), places));
  assert.deepEqual(searched({ near: '', withinKm: '25' }), {});
  assert.deepEqual(searched({ near: '13.75,100.50', withinKm: '25' }), { near: '13.75,100.50', withinKm: 25 });
  assert.deepEqual(searched({ near: 'bangkok', withinKm: '501' }), { near: 'bangkok' });
  for (const near of ['atlantis', '91,0', '13.75']) assert.deepEqual(searched({ near, withinKm: '25' }), {});
});

test('what cannot be meant is left out of an address, and words are cut where the API ends', () => {
  const { q, ...rest } = readBrowseQuery({
    q: `\u0000 lamp${'x'.repeat(400)}`,
    priceMin: 'abc',
    priceMax: '9e9',
    ratingMin: '9',
  });
  assert.deepEqual(rest, { attribute: [], condition: [] });
  assert.equal(q, `lamp${'x'.repeat(296)}`);
});

test('changing a filter keeps the others and begins at the first page', () => {
  const query = readBrowseQuery({ attribute: 'color:red', cursor: 'abc', sort: 'price_asc' });
  assert.equal(
    browseHref('/th/c/phones', query, { condition: ['good'] }),
    '/th/c/phones?attribute=color%3Ared&condition=good&sort=price_asc',
  );
});

test('a typed price is read exactly in its currency, or not at all', () => {
  assert.equal(typedPriceMinor('1,299.5', 'THB'), 129950);
  assert.equal(typedPriceMinor('1,299', 'THB'), 129900);
  assert.equal(typedPriceMinor('45,00', 'MXN'), 4500, 'not a hundred times that');
  assert.equal(typedPriceMinor('1.299,50', 'EUR'), 129950);
  assert.equal(typedPriceMinor('1.299', 'MXN'), undefined, 'a thousand, or one and some');
  assert.equal(typedPriceMinor('1200', 'JPY'), 1200);
  assert.equal(typedPriceMinor('12.99', 'JPY'), undefined);
  assert.equal(typedPriceMinor('abc', 'USD'), undefined);
  assert.equal(typedPriceMinor('-5', 'USD'), undefined);
});
