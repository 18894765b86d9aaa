import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedLocation } from './typed-location.ts';

const KNOWN = { city: 'Portland', countryCode: 'US', latitude: 45.52, longitude: -122.68 };

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(`location.${name}`, value);
  return form;
}

test('coordinates stay while the place does, and go with it', () => {
  assert.deepEqual(typedLocation(formOf({ city: ' Portland ', region: '', countryCode: 'US' }), KNOWN), KNOWN);
  const moved = typedLocation(formOf({ city: 'Salem', region: 'Oregon', countryCode: 'US' }), KNOWN);
  assert.deepEqual(moved, { city: 'Salem', region: 'Oregon', countryCode: 'US' });
  assert.deepEqual(typedLocation(formOf({ city: '' }), KNOWN), {});
  assert.deepEqual(typedLocation(formOf({ city: 'Salem' }), null), { city: 'Salem' });
});
