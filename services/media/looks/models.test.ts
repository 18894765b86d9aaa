import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { test } from 'node:test';
import type { Client } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { labelOf } from '@plaza/runtime/models';
import { startTestHost } from '@plaza/runtime/testing';
import sharp from 'sharp';
import type { mediaContract } from '../contract.ts';
import { mediaService } from '../index.ts';
import { readPicture } from './picture.ts';
import { pictureModelFrom } from './settings.ts';

const KEY = 'sk-secret-of-the-shop';

/** A server of the protocol in docs/operations.md that describes a picture by its mean color, after what it was told to refuse. */
async function startServer(refusals: number[] = []) {
  const keys: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { model, input, modality } = JSON.parse(body) as { model: string; input: string[]; modality: string };
    keys.push(request.headers.authorization);
    const refusal = refusals.shift();
    if (refusal !== undefined || modality !== 'image' || request.url !== '/v1/embeddings') {
      response.writeHead(refusal ?? 400).end(JSON.stringify({ error: { message: `no: ${input}` } }));
      return;
    }
    const bytes = Buffer.from((input[0] as string).replace('data:image/jpeg;base64,', ''), 'base64');
    const { channels } = await sharp(bytes).stats();
    const embedding = [...channels.map(({ mean }) => mean), 1, 0, 0, 0, 0];
    response.end(JSON.stringify({ object: 'list', model, data: [{ index: 0, embedding }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    keys,
    environment: {
      PLAZA_PICTURE_EMBEDDINGS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
      PLAZA_PICTURE_EMBEDDINGS_MODEL: 'mean-color',
      PLAZA_PICTURE_EMBEDDINGS_DIMENSIONS: '8',
      PLAZA_PICTURE_EMBEDDINGS_KEY: KEY,
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const redPicture = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();

test('without settings pictures are described by color and shape; with an address by a model of that server', async () => {
  assert.equal(labelOf(await pictureModelFrom({})), 'color-and-shape@1');
  await using server = await startServer();
  const model = await pictureModelFrom(server.environment);
  assert.equal(labelOf(model), 'mean-color@1');
  const picture = await readPicture(await redPicture());
  assert.ok(!('problem' in picture));
  const vector = await model.describe(picture);
  assert.ok((vector[0] as number) > 250 && (vector[1] as number) < 5);
  assert.deepEqual(server.keys, [`Bearer ${KEY}`]);
  const { PLAZA_PICTURE_EMBEDDINGS_MODEL: _model, ...nameless } = server.environment;
  await assert.rejects(pictureModelFrom(nameless), /needs PLAZA_PICTURE_EMBEDDINGS_MODEL/);
});

test('a folder without a model is refused in one sentence', async () => {
  const settings = { PLAZA_PICTURE_EMBEDDINGS_MODEL: os.tmpdir() };
  await assert.rejects(pictureModelFrom(settings), /has no config.json and onnx\/model.onnx/);
});

test('pictures wait for a model that is away, and are described anew when another is chosen', async () => {
  await using server = await startServer([503]);
  const picture = (await redPicture()).toString('base64');
  await using host = await startTestHost([mediaService], { environment: server.environment });
  const media = host.client('media') as Client<typeof mediaContract>;
  await media.storeBytes({ purpose: 'listing-image', filename: 'red.png', base64: picture }, host.service());
  const models = () =>
    host.database('media').read('bazaar').rows<{ model: string }>(sql`select model from media.picture_look`);
  await host.runTimers('bazaar');
  assert.deepEqual(await models(), [{ model: '' }]);
  await host.runTimers('bazaar');
  assert.deepEqual(await models(), [{ model: 'mean-color@1' }]);
  await host.database('media').transaction('bazaar', async (tx) => {
    await tx.execute(sql`update media.picture_look set model = 'older@3'`);
  });
  await host.runTimers('bazaar');
  assert.deepEqual(await models(), [{ model: 'mean-color@1' }]);
  const told = await host
    .database('media')
    .read('bazaar')
    .rows(sql`select 1 from media.outbox where envelope ->> 'type' = 'picture.described'`);
  assert.equal(told.length, 2, 'search is told each time');
});
