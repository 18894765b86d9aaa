import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bindLocally, defineErrors, operation, PageQuery, pageOf } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { type FastifyInstance, fastify } from 'fastify';
import { z } from 'zod';
import { GuestCache } from './guest-cache.ts';
import { faultFromFastify, httpFaults, sendProblem } from './problem.ts';
import { registerRest } from './rest.ts';

const errors = defineErrors({
  SHELF_FULL: { status: 409, data: z.object({ limit: z.int() }), message: 'The shelf is full.' },
});
const Book = z.object({
  id: z.string(),
  pages: z.int(),
  tags: z.array(z.string()),
  isOpen: z.boolean().nullable(),
  version: z.int(),
});
const book = { id: 'b1', pages: 3, tags: [], isOpen: null, version: 4 };

const shelfContract = {
  listBooks: operation({
    summary: 'Lists books',
    access: 'public',
    route: { method: 'GET', path: '/listings' },
    input: z.object({
      ...PageQuery,
      minPages: z.int().optional(),
      tag: z.array(z.string()).optional(),
      isOpen: z.boolean().optional(),
    }),
    output: pageOf(Book),
    guestCacheSeconds: 5,
    example: { input: {}, output: { items: [], nextCursor: null } },
  }),
  updateBook: operation({
    summary: 'Changes a book',
    access: 'member',
    route: { method: 'PATCH', path: '/listings/{bookId}' },
    input: z.object({ bookId: z.string(), pages: z.int().min(1), expectedVersion: z.int().optional() }),
    output: Book,
    errors: [errors.SHELF_FULL],
    idempotent: true,
    example: { input: { bookId: 'b1', pages: 3 }, output: book },
  }),
};

let server: FastifyInstance;
let calls: unknown[] = [];
const guestCache = new GuestCache();

before(async () => {
  const client = bindLocally('shelf', shelfContract, {
    listBooks: async ({ input }) => {
      calls.push(input);
      return { items: [{ ...book, tags: input.tag ?? [], isOpen: input.isOpen ?? null }], nextCursor: null };
    },
    updateBook: async ({ input }) => {
      calls.push(input);
      if (input.pages === 99) throw errors.SHELF_FULL({ limit: 3 });
      if (input.pages === 500) throw new Error('secret detail of the database');
      return { ...book, pages: input.pages, id: input.bookId };
    },
  });
  server = fastify();
  server.setErrorHandler(
    (error, request, reply) => void sendProblem(reply, faultFromFastify(error) ?? httpFaults.badRequest(), request.id),
  );
  registerRest(server, {
    contracts: { shelf: shelfContract },
    clients: { shelf: client },
    marketplaces: loadMarketplaces(new URL('../../../marketplaces/', import.meta.url)),
    authenticate: async ({ token }) =>
      token === 'good' ? { memberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7', roles: ['buyer'], sessionId: 's' } : null,
    guestCache,
  });
});
after(() => server.close());

const inBazaar = { 'x-marketplace': 'bazaar' };
const asMember = { ...inBazaar, authorization: 'Bearer good' };

describe('REST binding', () => {
  test('reads numbers, booleans and lists from a URL, and answers under each name of the noun', async () => {
    calls = [];
    const answer = await server.inject({
      url: '/api/v1/products?minPages=7&tag=a&isOpen=true&limit=2',
      headers: asMember,
    });
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(calls, [{ limit: 2, minPages: 7, tag: ['a'], isOpen: true }]);
  });

  test('the host names the marketplace; without one the request is refused', async () => {
    const byHost = await server.inject({ url: '/api/v1/listings', headers: { host: 'jaikod.localhost:3000' } });
    assert.equal(byHost.statusCode, 200);
    const nowhere = await server.inject({ url: '/api/v1/listings', headers: { host: 'localhost:3000' } });
    assert.equal(nowhere.statusCode, 404);
    assert.equal(nowhere.json().code, 'MARKETPLACE_UNKNOWN');
    assert.equal(nowhere.headers['content-type'], 'application/problem+json');
  });

  test('wrong input names the field, a malformed body is 400, a wrong type 415, a wrong method 405', async () => {
    const wrong = await server.inject({
      method: 'PATCH',
      url: '/api/v1/listings/b1',
      headers: asMember,
      payload: { pages: 'many' },
    });
    assert.equal(wrong.statusCode, 422);
    assert.equal(wrong.json().errors[0].pointer, '/pages');
    const send = (payload: string, contentType: string) =>
      server.inject({
        method: 'PATCH',
        url: '/api/v1/listings/b1',
        headers: { ...asMember, 'content-type': contentType },
        payload,
      });
    assert.equal((await send('{"pages":', 'application/json')).json().code, 'MALFORMED_JSON');
    assert.equal((await send('[1]', 'application/json')).json().code, 'MALFORMED_JSON');
    assert.equal((await send('pages=1', 'application/x-www-form-urlencoded')).statusCode, 415);
    const put = await server.inject({ method: 'PUT', url: '/api/v1/listings/b1', headers: asMember });
    assert.equal(put.statusCode, 405);
    assert.equal(put.headers.allow, 'PATCH');
  });

  test('a declared refusal carries its data; an unforeseen error shows nothing of itself', async () => {
    const patch = (pages: number) =>
      server.inject({ method: 'PATCH', url: '/api/v1/listings/b1', headers: asMember, payload: { pages } });
    const full = await patch(99);
    assert.equal(full.statusCode, 409);
    assert.deepEqual(full.json().data, { limit: 3 });
    const broken = await patch(500);
    assert.equal(broken.statusCode, 500);
    assert.equal(broken.json().code, 'INTERNAL');
    assert.ok(!broken.body.includes('secret'));
  });

  test('guests may not write; a token that is not valid is refused; a cookie from another site is refused', async () => {
    const patch = (headers: Record<string, string>) =>
      server.inject({
        method: 'PATCH',
        url: '/api/v1/listings/b1',
        headers: { ...inBazaar, ...headers },
        payload: { pages: 1 },
      });
    assert.equal((await patch({})).statusCode, 401);
    assert.equal((await patch({ authorization: 'Bearer bad' })).statusCode, 401);
    const crossSite = await patch({
      cookie: 'plaza_session=good',
      origin: 'https://evil.example',
      host: 'bazaar.localhost',
    });
    assert.equal(crossSite.json().code, 'CROSS_SITE_REQUEST');
    const sameSite = await patch({
      cookie: 'plaza_session=good',
      origin: 'http://bazaar.localhost',
      host: 'bazaar.localhost',
    });
    assert.equal(sameSite.statusCode, 200);
  });

  test('a cookie of a session that has ended makes a guest: public pages stay readable, the rest asks to sign in', async () => {
    const browser = { host: 'bazaar.localhost', origin: 'http://bazaar.localhost' };
    for (const value of ['bad', '%', '']) {
      const headers = { ...inBazaar, ...browser, cookie: `theme=dark; plaza_session=${value}` };
      assert.equal((await server.inject({ url: '/api/v1/listings', headers })).statusCode, 200);
      const write = { method: 'PATCH', url: '/api/v1/listings/b1', headers, payload: { pages: 1 } } as const;
      assert.equal((await server.inject(write)).json().code, 'UNAUTHENTICATED');
    }
    const bearer = { ...inBazaar, authorization: 'Bearer bad' };
    assert.equal((await server.inject({ url: '/api/v1/listings', headers: bearer })).statusCode, 401);
  });

  test('a version is an ETag, and If-Match becomes the expected version', async () => {
    calls = [];
    const answer = await server.inject({
      method: 'PATCH',
      url: '/api/v1/listings/b1',
      headers: { ...asMember, 'if-match': '"4"' },
      payload: { pages: 2 },
    });
    assert.equal(answer.headers.etag, '"4"');
    assert.deepEqual(calls, [{ bookId: 'b1', pages: 2, expectedVersion: 4 }]);
    const bad = await server.inject({
      method: 'PATCH',
      url: '/api/v1/listings/b1',
      headers: { ...asMember, 'if-match': 'W/x' },
      payload: { pages: 2 },
    });
    assert.equal(bad.json().errors[0].pointer, '/If-Match');
  });

  test('what guests ask for again is served from memory until the marketplace changes; members never', async () => {
    const read = (headers: Record<string, string>) => server.inject({ url: '/api/v1/listings?limit=9', headers });
    const first = await read(inBazaar);
    calls = [];
    await read(inBazaar);
    await read(inBazaar);
    assert.equal(calls.length, 1);
    // Caches in front must not hand one marketplace's answer to another's visitors.
    assert.match(String(first.headers.vary), /^X-Marketplace, X-Forwarded-Host, /);
    const unchanged = await read({ ...inBazaar, 'if-none-match': String(first.headers.etag) });
    assert.equal(unchanged.statusCode, 304);
    await read(asMember);
    assert.equal(calls.length, 2);
    guestCache.forget('bazaar');
    await read(inBazaar);
    assert.equal(calls.length, 3);
  });

  test('an Idempotency-Key too short to be unguessable is refused', async () => {
    const answer = await server.inject({
      method: 'PATCH',
      url: '/api/v1/listings/b1',
      headers: { ...asMember, 'idempotency-key': 'short' },
      payload: { pages: 2 },
    });
    assert.equal(answer.json().errors[0].pointer, '/Idempotency-Key');
  });
});
