import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { commonErrors } from '@plaza/kernel';
import { createClient, IndexMissing } from './client.ts';
import { createOpenSearchEngine } from './engine.ts';

const isUnavailable = { code: commonErrors.UNAVAILABLE.code, status: 503 };

async function listening(answer: RequestListener, port = 0): Promise<Server & AsyncDisposable> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(server, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

test('while the cluster is away every call says so, at once; when it is back it is asked again', async () => {
  let nowMs = 0;
  const answer: RequestListener = (_, response) => response.end('{"count":3}');
  const first = await listening(answer);
  const port = portOf(first);
  const client = createClient(`http://127.0.0.1:${port}`, { timeoutMs: 5_000, clockMs: () => nowMs });
  const ask = () => client.call<{ count: number }>({ method: 'GET', path: '/_count' });
  assert.equal((await ask()).count, 3);
  await first[Symbol.asyncDispose]();
  await assert.rejects(ask(), isUnavailable);
  await using _second = await listening(answer, port);
  await assert.rejects(ask(), isUnavailable, 'it is quiet for a second');
  nowMs = 1_001;
  assert.equal((await ask()).count, 3);
});

test('an engine without its cluster refuses searches and changes, and loses none of them silently', async () => {
  const engine = createOpenSearchEngine({ address: 'http://127.0.0.1:1' });
  const stock = { id: 'd1', stockVersion: 1, freeQuantity: 1, isInStock: true };
  await assert.rejects(engine.apply('bazaar', [{ kind: 'stock', stock }]), isUnavailable);
  await assert.rejects(engine.suggest('bazaar', 'lamp', 5), isUnavailable);
  await assert.rejects(engine.status('bazaar'), isUnavailable);
});

test('refusals are told apart: no index, no time, a mistake; the password is sent', async () => {
  const answers: Record<string, [number, string]> = {
    '/missing': [404, '{"error":{"type":"index_not_found_exception","reason":"no such index"}}'],
    '/busy': [429, '{"error":{"type":"rejected_execution_exception","reason":"queue"}}'],
    '/proxy': [502, '<html>'],
    '/wrong': [400, '{"error":{"type":"parsing_exception","reason":"no such query"}}'],
  };
  const seen = new Set<string | undefined>();
  await using server = await listening(({ url = '', headers }, response) => {
    seen.add(headers.authorization);
    const [status, text] = answers[url] ?? [500, '{}'];
    response.writeHead(status).end(text);
  });
  const client = createClient(`http://plaza:a%40b@127.0.0.1:${portOf(server)}/`, { timeoutMs: 5_000 });
  const ask = (path: string) => client.call({ method: 'GET', path });
  await assert.rejects(ask('/missing'), IndexMissing);
  await assert.rejects(ask('/busy'), isUnavailable);
  await assert.rejects(ask('/proxy'), isUnavailable);
  await assert.rejects(ask('/wrong'), /400: parsing_exception: no such query/);
  assert.deepEqual([...seen], [`Basic ${Buffer.from('plaza:a@b').toString('base64')}`]);
});
