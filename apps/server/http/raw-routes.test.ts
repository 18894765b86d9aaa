import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { createLogger } from '@plaza/runtime';
import { type FastifyBaseLogger, fastify } from 'fastify';
import type { Composition } from '../composition.ts';
import { registerRawRoutes } from './raw-routes.ts';

test('a webhook that fails in an unforeseen way is written down; its sender hears nothing of the cause', async () => {
  const lines: string[] = [];
  const log = new PassThrough().on('data', (line) => lines.push(String(line)));
  const handle = async (): Promise<Response> => {
    throw new TypeError('the books are elsewhere');
  };
  const composition = {
    marketplaces: loadMarketplaces(new URL('../../../marketplaces/', import.meta.url)),
    rawRoutes: [{ service: 'payments', route: { path: '/api/v1/webhooks/bank', methods: ['POST'], handle } }],
  } as unknown as Composition;
  const server = fastify({ loggerInstance: createLogger('error', log) as unknown as FastifyBaseLogger });
  registerRawRoutes(server, composition, async () => null);
  const headers = { 'x-marketplace': 'bazaar' };
  const answer = await server.inject({ method: 'POST', url: '/api/v1/webhooks/bank', headers, payload: '{}' });
  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'INTERNAL']);
  assert.doesNotMatch(answer.body, /elsewhere/);
  assert.equal(lines.filter((line) => line.includes('the books are elsewhere')).length, 1);
  await server.close();
});
