import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fastify } from 'fastify';
import { registerWebApp } from './web-app.ts';

test('while the web app starts a browser gets a page that asks again, in its language, and a program a plain refusal', async () => {
  // Port 1 is the one nobody listens on.
  const server = fastify();
  await registerWebApp(server, 'http://127.0.0.1:1');
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
