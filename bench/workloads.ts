import { randomUUID } from 'node:crypto';
import { ADDRESS } from '../tests/support/shop.ts';
import { CATEGORIES, commonQuery, tellingQuery } from './catalog.ts';
import { call, callJson } from './support/http.ts';
import type { Work } from './support/load.ts';

/** What the workloads ask for. */
export type Subjects = {
  readonly plazaUrl: string;
  readonly bareUrl: string;
  readonly marketplace: string;
  /** Listings with several variants. */
  readonly listingIds: readonly string[];
  readonly bareListingFrom: number;
  readonly listings: number;
  /** Listings with one variant, to buy, spread over the catalog: the bare server's number and Plaza's variant. */
  readonly bought: readonly { readonly place: number; readonly variantId: string }[];
};

export type Workload = {
  readonly name: string;
  readonly operations: number;
  /** CPU of Plaza may be so many times the bare server's; absent: no aim was set. */
  readonly aim?: number;
  /** What the bare server does for it. */
  readonly bareDoes: 'bytes' | 'work';
  readonly plaza: Work;
  readonly bare: Work;
};

const EMAIL = 'ada@example.test';
const CARD = { methodId: 'simulated-card', token: 'pm_card_visa' };

/** The workloads of issue 3, in its order. */
export async function workloadsOf(subjects: Subjects): Promise<readonly Workload[]> {
  const servers = serversOf(subjects);
  await handAnswersToBare(subjects, servers);
  return [...reading(subjects, servers), ...searching(subjects, servers), ...buying(subjects, servers)];
}

type Headers = Record<string, string>;

/** The two servers that are compared, and reading from either. */
type Servers = {
  readonly plazaAt: (path: string) => URL;
  readonly bareAt: (path: string) => URL;
  readonly guest: Headers;
  /** The cache keeps answers by language preference: one that nobody had before is answered anew. */
  readonly unknownGuest: (sequence: number) => Headers;
};

function serversOf({ plazaUrl, bareUrl, marketplace }: Subjects): Servers {
  const guest = { 'x-marketplace': marketplace };
  return {
    plazaAt: (path) => new URL(`/api/v1${path}`, plazaUrl),
    bareAt: (path) => new URL(path, bareUrl),
    guest,
    unknownGuest: (sequence) => ({ ...guest, 'accept-language': `en, de;q=0.${sequence + 1}` }),
  };
}

function get(urlAt: (sequence: number) => URL, headersAt: (sequence: number) => Headers = () => ({})): Work {
  return async (sequence) => {
    const url = urlAt(sequence);
    const { status } = await call(url, { headers: headersAt(sequence) });
    if (status !== 200) throw new Error(`${url.pathname}${url.search} answered ${status}`);
  };
}

function pick<T>(values: readonly T[], sequence: number): T {
  return values[sequence % values.length] as T;
}

const LIST_PATH = '/listings?limit=20';

function detailPath({ listingIds }: Subjects): string {
  return `/listings/${listingIds[0]}`;
}

/** Where Plaza answers from its cache, the bare server answers the same bytes. */
async function handAnswersToBare(subjects: Subjects, { plazaAt, bareAt, guest }: Servers): Promise<void> {
  for (const [name, path] of [
    ['list', LIST_PATH],
    ['detail', detailPath(subjects)],
  ] as const)
    await callJson(bareAt(`/bytes/${name}`), {
      method: 'POST',
      body: await callJson(plazaAt(path), { headers: guest }),
    });
}

/** Pages of listings, and one listing. */
function reading(subjects: Subjects, { plazaAt, bareAt, guest, unknownGuest }: Servers): Workload[] {
  const { listingIds, bareListingFrom } = subjects;
  const [listUrl, detailUrl] = [plazaAt(LIST_PATH), plazaAt(detailPath(subjects))];
  return [
    {
      name: 'list page of 20, guest, cached',
      operations: 8000,
      aim: 1.5,
      bareDoes: 'bytes',
      plaza: get(
        () => listUrl,
        () => guest,
      ),
      bare: get(() => bareAt('/bytes/list')),
    },
    {
      name: 'list page of 20, guest, not cached',
      operations: 3000,
      aim: 1.5,
      bareDoes: 'work',
      plaza: get(() => listUrl, unknownGuest),
      bare: get(() => bareAt('/listings')),
    },
    {
      name: 'category page of 20 with total and counts to filter by, guest, not cached',
      operations: 1500,
      bareDoes: 'work',
      plaza: get(
        (sequence) => plazaAt(`/listings?limit=20&includeFacets=true&categoryId=${pick(CATEGORIES, sequence)}`),
        unknownGuest,
      ),
      bare: get((sequence) => bareAt(`/categories/${pick(CATEGORIES, sequence)}`)),
    },
    {
      name: 'listing with 4 variants, guest, cached',
      operations: 8000,
      aim: 2,
      bareDoes: 'bytes',
      plaza: get(
        () => detailUrl,
        () => guest,
      ),
      bare: get(() => bareAt('/bytes/detail')),
    },
    {
      name: 'listing with 4 variants, guest, not cached',
      operations: 3000,
      aim: 2,
      bareDoes: 'work',
      plaza: get((sequence) => plazaAt(`/listings/${pick(listingIds, sequence)}`), unknownGuest),
      bare: get((sequence) => bareAt(`/listings/${bareListingFrom + (sequence % listingIds.length)}`)),
    },
  ];
}

function searching({ listings }: Subjects, { plazaAt, bareAt, unknownGuest }: Servers): Workload[] {
  const searchPath = (query: string): string => `/search?limit=20&q=${encodeURIComponent(query)}`;
  const search = (name: string, queryAt: (sequence: number) => string): Omit<Workload, 'operations'> => ({
    name,
    bareDoes: 'work',
    plaza: get((sequence) => plazaAt(searchPath(queryAt(sequence))), unknownGuest),
    bare: get((sequence) => bareAt(searchPath(queryAt(sequence)))),
  });
  return [
    {
      ...search(
        'search, two words, some 40 listings have both: 20 hits, total, facets; guest, not cached',
        (sequence) => tellingQuery(sequence, listings),
      ),
      operations: 1500,
      aim: 1.5,
    },
    { ...search('search, two words that 1 of 10 and 1 of 13 listings have', commonQuery), operations: 300 },
  ];
}

/** Carts, and all the way to a paid order. */
function buying({ bought }: Subjects, { plazaAt, bareAt, guest }: Servers): Workload[] {
  const write = <T>(path: string, body: unknown, guestId: string): Promise<T> =>
    callJson<T>(plazaAt(path), {
      method: 'POST',
      headers: { ...guest, 'x-guest-token': guestId, 'idempotency-key': randomUUID() },
      body,
    });
  const makeCart = (sequence: number, guestId: string): Promise<{ id: string }> =>
    write('/carts', { variantId: pick(bought, sequence).variantId }, guestId);
  const makeBareCart = (sequence: number): Promise<{ id: string }> =>
    callJson(bareAt('/carts'), {
      method: 'POST',
      body: { guestId: randomUUID(), variantId: pick(bought, sequence).place },
    });
  return [
    {
      name: 'make a cart with a variant',
      operations: 2000,
      aim: 4,
      bareDoes: 'work',
      plaza: async (sequence) => void (await makeCart(sequence, randomUUID())),
      bare: async (sequence) => void (await makeBareCart(sequence)),
    },
    {
      name: 'checkout: cart, checkout, paid order (3 calls)',
      operations: 1500,
      aim: 6,
      bareDoes: 'work',
      plaza: async (sequence) => {
        const guestId = randomUUID();
        const cart = await makeCart(sequence, guestId);
        const checkout = await write<{ id: string }>(
          '/checkouts',
          { cartId: cart.id, email: EMAIL, address: ADDRESS },
          guestId,
        );
        const { outcome } = await write<{ outcome: string }>(
          `/checkouts/${checkout.id}/completion`,
          { payment: CARD },
          guestId,
        );
        if (outcome !== 'completed') throw new Error(`a checkout ended as ${outcome}`);
      },
      bare: async (sequence) => {
        const cart = await makeBareCart(sequence);
        const checkout = await callJson<{ id: string }>(bareAt('/checkouts'), {
          method: 'POST',
          body: { cartId: cart.id, email: EMAIL, address: ADDRESS },
        });
        await callJson(bareAt(`/checkouts/${checkout.id}/completion`), { method: 'POST', body: {} });
      },
    },
  ];
}
