import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { fastify } from 'fastify';
import { registerWebApp } from './web-app.ts';

/** One marketplace, which has a host of its own. */
const marketplaces = {
  find: (host: string) => (host === 'shop.example.org' ? { id: 'bazaar' } : undefined),
} as unknown as Marketplaces;

test('while the web app starts a browser gets a page that asks again, in its language, and a program a plain refusal', async () => {
  // Port 1 is the one nobody listens on.
  const server = fastify();
  await registerWebApp(server, 'http://127.0.0.1:1', marketplaces);
  const asked = (accept: string) =>
    server.inject({ url: '/th/cart', headers: { accept, 'accept-language': 'th-TH,th;q=0.9' } });
  const page = await asked('text/html,*/*');
  assert.deepEqual([page.statusCode, page.headers['retry-after']], [503, '2']);
  assert.match(page.body, /<html lang="th">[\s\S]*http-equiv="refresh"[\s\S]*รอสักครู่/);
  assert.doesNotMatch(page.body, /ECONNREFUSED|at /);
  const plain = await asked('application/json');
  assert.deepEqual([plain.statusCode, plain.headers['content-type']], [503, 'text/plain']);
  await server.close();
});

test('a page is asked for again when its connection was closed meanwhile; what changes something is not', async () => {
  const asked: string[] = [];
  const web = createServer((request, response) => {
    asked.push(request.method ?? '');
    if (asked.length % 2 === 1) request.socket.destroy();
    else response.end('a page');
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const server = fastify();
  await registerWebApp(server, `http://127.0.0.1:${(web.address() as AddressInfo).port}`, marketplaces);
  const page = await server.inject({ url: '/en/cart' });
  assert.deepEqual([page.statusCode, page.body, asked], [200, 'a page', ['GET', 'GET']]);
  const sent = await server.inject({ method: 'POST', url: '/en/cart', payload: 'x' });
  assert.deepEqual([sent.statusCode, asked], [500, ['GET', 'GET', 'POST']]);
  await server.close();
  web.close();
});

test('no page, found or missing, runs a foreign script, is shown within another site or taken for another type', async () => {
  const web = createServer((request, response) => {
    const isMissing = request.url === '/en/nowhere';
    response.writeHead(isMissing ? 404 : 200, { 'content-type': 'text/html' });
    // Next.js takes the nonce for its scripts out of this header.
    response.end(request.headers['content-security-policy']);
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const server = fastify();
  await registerWebApp(server, `http://127.0.0.1:${(web.address() as AddressInfo).port}`, marketplaces);
  const nonces = new Set<string | undefined>();
  for (const [url, status] of [['/en/cart', 200] as const, ['/en/nowhere', 404] as const]) {
    const { statusCode, headers, body } = await server.inject({
      url,
      headers: { 'content-security-policy': "script-src 'nonce-chosen'" },
    });
    assert.equal(statusCode, status);
    const policy = String(headers['content-security-policy']);
    const [, nonce] =
      /^script-src 'self' 'nonce-([\w+/]{22}==)' 'strict-dynamic'; frame-ancestors 'self';/.exec(policy) ?? [];
    assert.ok(nonce, policy);
    assert.equal(body, policy, 'the web app knows the nonce that the browser is told, not what a visitor asks for');
    nonces.add(nonce);
    assert.deepEqual([headers['x-frame-options'], headers['x-content-type-options']], ['SAMEORIGIN', 'nosniff']);
  }
  assert.equal(nonces.size, 2, 'each page has its own');
  await server.close();
  web.close();
});

test('the web app is told the marketplace of the host, and believes no visitor about it', async () => {
  const web = createServer((request, response) => {
    response.end(JSON.stringify([request.headers['x-marketplace'], request.headers['x-forwarded-host']]));
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const server = fastify();
  await registerWebApp(server, `http://127.0.0.1:${(web.address() as AddressInfo).port}`, marketplaces);
  const toldTo = async (host: string) =>
    (
      await server.inject({ url: '/', headers: { host, 'x-marketplace': 'jaikod', 'x-forwarded-host': 'other' } })
    ).json();
  assert.deepEqual(await toldTo('shop.example.org'), ['bazaar', 'shop.example.org']);
  assert.deepEqual(await toldTo('example.org'), ['', 'example.org']);
  const inbox = await server.inject({ method: 'HEAD', url: '/dev/inbox', headers: { host: 'example.org' } });
  assert.equal(inbox.statusCode, 404, 'and is not asked what it asks itself');
  await server.close();
  web.close();
});
