import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operation } from '@plaza/kernel';
import { z } from 'zod';
import { PlazaError } from './error.ts';
import { send } from './request.ts';

const route = (method: 'GET' | 'PATCH') => ({ method, path: '/shelves/{shelfId}/books' as const });
const read = operation({
  summary: 'r',
  access: 'public',
  route: route('GET'),
  input: z.object({}),
  output: z.object({}),
  example: { input: {}, output: {} },
});
const write = operation({ ...read, route: route('PATCH'), idempotent: true });

/** A server that remembers what it was asked and gives the answer it was made with. */
function serverOf(answer: () => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fake = async (url: URL, init: RequestInit) => {
    requests.push({ url: String(url), init });
    return answer();
  };
  return {
    requests,
    options: { baseUrl: 'http://x', marketplace: 'bazaar', token: 't', fetch: fake as unknown as typeof fetch },
  };
}

test('only what begins a session says on what browser', async () => {
  const { requests, options } = serverOf(() => Response.json({ ok: 1 }));
  for (const startsSession of [true, false])
    await send({ ...write, startsSession }, { shelfId: 'a' }, { ...options, userAgent: 'Mozilla/5.0 Firefox/140.0' });
  const said = requests.map(({ init }) => (init.headers as Record<string, string>)['user-agent']);
  assert.deepEqual(said, ['Mozilla/5.0 Firefox/140.0', undefined]);
});

test('a read puts its input into path and query, lists repeated', async () => {
  const { requests, options } = serverOf(() => Response.json({ ok: 1 }));
  await send(read, { shelfId: 'a/b', tag: ['x', 'y'], limit: 2, none: undefined }, options);
  assert.equal(requests[0]?.url, 'http://x/api/v1/shelves/a%2Fb/books?tag=x&tag=y&limit=2');
  const headers = requests[0]?.init.headers as Record<string, string>;
  assert.equal(headers['x-marketplace'], 'bazaar');
  assert.equal(headers.authorization, 'Bearer t');
  assert.equal(headers['idempotency-key'], undefined);
});

test('a write carries a body of what is defined, an Idempotency-Key and the version it edits', async () => {
  const { requests, options } = serverOf(() => Response.json({}));
  await send(write, { shelfId: 's', title: 'T', note: undefined, expectedVersion: 3 }, options, {
    idempotencyKey: 'my-own-key-of-16-or-more',
  });
  const { init } = requests[0] as { init: RequestInit };
  assert.equal(init.body, '{"title":"T"}');
  assert.equal((init.headers as Record<string, string>)['if-match'], '"3"');
  assert.equal((init.headers as Record<string, string>)['idempotency-key'], 'my-own-key-of-16-or-more');
});

test('a refusal keeps its code, data and field errors', async () => {
  const problem = {
    code: 'OUT_OF_STOCK',
    title: 'Gone.',
    data: { free: 0 },
    errors: [{ pointer: '/quantity', code: 'max', detail: 'd' }],
    instance: 'req_1',
  };
  const { options } = serverOf(() => Response.json(problem, { status: 409 }));
  await assert.rejects(send(write, { shelfId: 's' }, options), (error: unknown) => {
    assert.ok(error instanceof PlazaError);
    assert.equal(error.code, 'OUT_OF_STOCK');
    assert.equal(error.status, 409);
    assert.deepEqual(error.data, { free: 0 });
    assert.equal(error.errors[0]?.pointer, '/quantity');
    assert.equal(error.requestId, 'req_1');
    return true;
  });
});

test('no answer, or a page of a proxy, is UNREACHABLE', async () => {
  const dead = serverOf(() => Promise.reject(new TypeError('fetch failed')));
  await assert.rejects(send(read, { shelfId: 's' }, dead.options), { code: 'UNREACHABLE' });
  const proxy = serverOf(() => new Response('<html>', { status: 502 }));
  await assert.rejects(send(read, { shelfId: 's' }, proxy.options), { code: 'UNREACHABLE', status: 502 });
});
