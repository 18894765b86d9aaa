import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PlazaClient } from '@plaza/sdk';
import { eventually } from './support/eventually.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { offer, openShop, type Shop, signUp } from './support/shop.ts';

/** Guests' searches are answered from memory for longer than this, unless something has changed. */
const SOON_MS = 3_000;

let plaza: Plaza;
let shop: Shop;

before(async () => {
  plaza = await startPlaza();
  shop = await openShop(plaza, 'bazaar');
});
after(() => plaza[Symbol.asyncDispose]());

async function finds(client: PlazaClient, q: string): Promise<void> {
  const { total } = await client.search.searchListings({ q });
  assert.equal(total, 1, `${q} is not found`);
}

test('what is published is found by guests as soon as by members, however often they have asked before', async () => {
  const guest = plaza.client({ marketplace: 'bazaar' });
  const { client: member } = await signUp(plaza, 'bazaar', 'searcher');
  for (const word of ['zebulon', 'quixotry', 'wyvernous', 'jubilate', 'kerfuffle']) {
    let isAsking = true;
    const asking = (async () => {
      while (isAsking) await guest.search.searchListings({ q: word });
    })();
    try {
      await offer(plaza, 'bazaar', shop, { title: `The ${word} lamp` });
      await eventually(() => finds(member, word));
      await eventually(() => finds(guest, word), { withinMs: SOON_MS });
    } finally {
      isAsking = false;
      await asking;
    }
  }
});
