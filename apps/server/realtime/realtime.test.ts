import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { EventEnvelope } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { io } from 'socket.io-client';
import { startRealtime } from './realtime.ts';

const event = (type: string, marketplaceid: string, data: unknown): EventEnvelope => ({
  specversion: '1.0',
  id: 'evt_1',
  source: 'discovery',
  type,
  time: '2026-11-21T06:00:00.000Z',
  subject: marketplaceid,
  marketplaceid,
  data,
});

const MARKETPLACES = loadMarketplaces(new URL('../../../marketplaces/', import.meta.url));

async function listening(connectionsMax?: number) {
  const server = createServer((_request, response) => response.end('the door'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url, realtime: startRealtime(server, MARKETPLACES, connectionsMax) };
}

test('one who opens connections and leaves them open gets no more than there are, and those that are open go on', async () => {
  const { server, url, realtime } = await listening(2);
  const sockets = Array.from({ length: 2 }, () =>
    io(url, {
      path: '/realtime',
      extraHeaders: { 'x-forwarded-host': 'jaikod.localhost' },
      reconnection: false,
      forceNew: true,
    }),
  );
  const begin = () => fetch(`${url}/realtime/?EIO=4&transport=polling`);
  try {
    // By polling first, then by a web socket: several requests of each.
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.once('connect', () => resolve()))));
    assert.equal((await begin()).status, 403);
    const told = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('trends.changed', resolve))));
    realtime.hear(event('trends.changed', 'jaikod', { queries: ['lamp'] }));
    assert.deepEqual(await told, [{ queries: ['lamp'] }, { queries: ['lamp'] }]);
  } finally {
    for (const socket of sockets) socket.close();
    realtime.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('an open page hears what is public of its own marketplace, and of no other; a host of none is refused', async () => {
  const { server, url, realtime } = await listening();
  const open = (host: string) =>
    io(url, {
      path: '/realtime',
      transports: ['websocket'],
      extraHeaders: { 'x-forwarded-host': host },
      reconnection: false,
    });
  const [jaikod, bazaar, nowhere] = ['jaikod.localhost', 'bazaar.localhost', 'nowhere.localhost'].map(open);
  assert.ok(jaikod && bazaar && nowhere);
  try {
    await Promise.all([
      ...[jaikod, bazaar].map((socket) => new Promise<void>((resolve) => socket.once('connect', () => resolve()))),
      new Promise<void>((resolve) => nowhere.once('connect_error', () => resolve())),
    ]);
    const heard: unknown[] = [];
    bazaar.onAny((...news) => heard.push(news));
    const last = new Promise<void>((resolve) => bazaar.once('trends.changed', () => resolve()));
    const told = new Promise<unknown>((resolve) => jaikod.once('trends.changed', resolve));
    realtime.hear(event('trends.changed', 'jaikod', { queries: ['lamp'] }));
    realtime.hear(event('order.placed', 'bazaar', { secret: true }));
    realtime.hear(event('trends.changed', 'bazaar', { queries: [] }));
    assert.deepEqual(await told, { queries: ['lamp'] });
    await last;
    assert.deepEqual(heard, [['trends.changed', { queries: [] }]]);
    assert.equal(await (await fetch(url)).text(), 'the door');
  } finally {
    for (const socket of [jaikod, bazaar, nowhere]) socket.close();
    realtime.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
