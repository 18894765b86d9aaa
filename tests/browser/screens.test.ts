import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import { visit, withVisitors } from '../support/visitor.ts';

/** On a desk the loop looks at search, cart and the rest besides. */
const WIDE_GUEST_PAGES = ['', '/browse', '/sign-up'];
const GUEST_PAGES = [
  '',
  '/browse',
  '/search?q=a&near=13.75,100.50&sort=distance',
  '/picture-search',
  '/cart',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/nowhere',
];
const SELLER_PAGES = [
  '/studio',
  '/studio/listings',
  '/studio/orders',
  '/studio/reviews',
  '/studio/balance',
  '/studio/plan?plan=plus&interval=year',
  '/studio/documents',
  '/studio/coupons',
  '/studio/import',
  '/studio/store',
];
const BUYER_PAGES = [
  '/account',
  '/account/orders',
  '/account/library',
  '/account/wallet?minor=20000',
  '/account/addresses',
  '/account/payment-methods',
  '/account/security',
  '/account/privacy',
  '/account/notifications',
  '/account/notifications/settings',
  '/account/offers',
  '/account/searches',
  '/account/searches/new?q=lamp',
  '/confirm',
];
const ADMIN_PAGES = [
  '/admin',
  '/admin/members',
  '/admin/listings',
  '/admin/orders',
  '/admin/disputes',
  '/admin/reviews',
  '/admin/parcels',
  '/admin/refunds',
  '/admin/chargebacks',
  '/admin/ledger?verify=all',
  '/admin/ledger/accounts',
  '/admin/payouts',
  '/admin/commission',
  '/admin/subscriptions',
  '/admin/reconciliation',
  '/admin/documents',
  '/admin/searches',
  '/admin/searches/judgements',
  '/admin/search',
  '/admin/audit',
];
/** Each marketplace in its dark look on a phone, and in its other language on a desk. */
const LANGS = {
  temuhash: ['en', 'en'],
  jaikod: ['th', 'en'],
  gamarriando: ['es', 'en'],
  bazaar: ['th', 'ja'],
} as const;
const MARKETPLACES = ['temuhash', 'jaikod', 'gamarriando', 'bazaar'] as const;

let open: OpenPlaza;
before(async () => {
  open = await openPlaza();
});
after(() => open?.[Symbol.asyncDispose]());

for (const marketplace of MARKETPLACES) {
  for (const width of [390, 1280] as const) {
    const scheme = width === 390 ? 'dark' : 'light';
    const lang = LANGS[marketplace][width === 390 ? 0 : 1];
    test(`every page of ${marketplace} can be read by everyone at ${width} px, ${scheme}, in ${lang}`, async () => {
      const guest = await visit(open, { marketplace, lang, width, scheme });
      const member = await visit(open, { marketplace, lang, width, scheme });
      await withVisitors([guest, member], async () => {
        for (const path of width === 390 ? GUEST_PAGES : WIDE_GUEST_PAGES) {
          await guest.go(path);
          await guest.look();
        }
        // One role's pages each: the pieces are the same in every marketplace, the colors and words are not.
        const [role, pages] = (
          {
            temuhash: ['seller', SELLER_PAGES],
            jaikod: ['buyer', BUYER_PAGES],
            gamarriando: ['admin', ADMIN_PAGES],
            bazaar: ['seller', SELLER_PAGES],
          } as const
        )[marketplace];
        await member.signIn(role);
        for (const path of pages) {
          await member.go(path);
          assert.equal(await member.page.evaluate(() => scrollY), 0, `${path} begins at its top`);
          await member.look();
        }
        if (role !== 'admin') return;
        await member.go('/admin/search');
        const synonyms = member.page.locator('[name=synonyms]');
        const before = await synonyms.inputValue();
        assert.ok(before.split('\n').length > 10, 'a line for each set of words');
        await member.page.locator('form:has([name=synonyms]) button[type=submit]').click();
        await member.page.getByRole('status').first().waitFor();
        assert.equal(await synonyms.inputValue(), before);
        await member.go('/admin/listings');
        await member.page.locator('a[href$="/copies"]').first().click();
        await member.page.waitForURL('**/copies');
        await member.look();
      });
    });
  }
}

test('what is not there is said without script, in the language of the address, with status 404', async () => {
  const order = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
  const missing = ['/nowhere', '/l/nothing', '/s/nobody', '/c/none', '/p/none', `/account/orders/${order}`, '/admin'];
  // What this marketplace does not have.
  missing.push('/account/offers');
  for (const path of missing) {
    const { status, text } = await open.read('bazaar', `/en${path}`);
    assert.equal(status, 404, path);
    assert.match(text, /<h1[^>]*>There is nothing here</, path);
    assert.match(text, /<title>There is nothing here/, path);
    assert.match(text, /name="robots" content="noindex/, path);
  }
  assert.match((await open.read('gamarriando', '/es/l/nada')).text, /<html lang="es"/);
  assert.equal((await open.read(undefined, '/nowhere')).status, 404);
  assert.equal((await open.read(undefined, '/')).status, 200);
});

test('what is near is found without script, the nearest first, in a search and in a category', async () => {
  for (const path of ['/th/search', '/th/browse']) {
    const { status, text } = await open.read('jaikod', `${path}?near=bangkok&withinKm=50&sort=distance`);
    assert.equal(status, 200, path);
    const away = [...text.matchAll(/>ห่าง (\d+) กม\./g)].map(([, km]) => Number(km));
    assert.ok(away.length > 3, path);
    assert.deepEqual(
      away,
      away.toSorted((a, b) => a - b),
    );
    assert.match(text, /ภายใน 50 กม\. จากกรุงเทพมหานคร/);
    assert.doesNotMatch(text, /<div hidden[^>]* id="S:/, 'what is streamed is shown by script only');
  }
  assert.ok(!(await open.read('temuhash', '/en/search')).text.includes('name="near"'));
});

test('an address that asks the search for what cannot be leads to its words alone', async () => {
  for (const filter of ['attribute=x', 'cursor=made-up', 'store=nobody']) {
    const { text } = await open.read('gamarriando', `/es/search?q=sofa&${filter}`);
    assert.match(text, /\/es\/search\?q=sofa(?!&)/, filter);
    assert.doesNotMatch(text, /Algo salió mal/, filter);
  }
  assert.match(
    (await open.read('gamarriando', `/es/search?q=sofa%00${'x'.repeat(400)}`)).text,
    /<h1[^>]*>Resultados de/,
  );
});

test('search engines find every marketplace from the bare host, and every listing from its marketplace', async () => {
  const robots = await open.read(undefined, '/robots.txt');
  assert.match(robots.text, /^Sitemap: http:\/\/localhost:\d+\/sitemap\.xml$/m);
  const { status, text } = await open.read(undefined, '/sitemap.xml');
  assert.equal(status, 200);
  for (const marketplace of MARKETPLACES) {
    assert.ok(text.includes(`<loc>${open.at(marketplace, '/sitemap/pages')}</loc>`), marketplace);
    const own = await open.read(marketplace, '/sitemap.xml');
    const listings = open.at(marketplace, '/sitemap/listings');
    assert.ok(text.includes(listings) && own.text.includes(listings), marketplace);
    assert.match((await open.read(marketplace, '/sitemap/listings')).text, /<loc>http:[^<]+\/l\//);
  }
});
