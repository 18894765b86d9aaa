import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadMarketplaces } from './load.ts';
import { contrastRatio, unreadablePairs } from './theme.ts';

test('contrast is 21 of black on white, 1 of a color on itself, and the same both ways', () => {
  assert.equal(contrastRatio('#000000', '#ffffff'), 21);
  assert.equal(contrastRatio('#336699', '#336699'), 1);
  assert.equal(contrastRatio('#767676', '#ffffff'), contrastRatio('#ffffff', '#767676'));
  // the lightest gray that WCAG AA allows on white
  assert.ok(contrastRatio('#767676', '#ffffff') >= 4.5 && contrastRatio('#777777', '#ffffff') < 4.5);
});

for (const { id, theme } of loadMarketplaces(new URL('../../../marketplaces/', import.meta.url)).list()) {
  test(`${id} is readable in light and dark (WCAG AA)`, () => {
    assert.deepEqual(unreadablePairs(theme), []);
  });
}

test('each marketplace looks different', () => {
  const themes = loadMarketplaces(new URL('../../../marketplaces/', import.meta.url)).list();
  for (const trait of ['style', 'logo', 'primary'] as const) {
    const values = themes.map(
      ({ theme }) => ({ ...theme, logo: theme.logo.path, primary: theme.light.primary })[trait],
    );
    assert.equal(new Set(values).size, themes.length, trait);
  }
});
