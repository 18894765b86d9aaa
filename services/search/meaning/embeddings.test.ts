import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { describe, test } from 'node:test';
import { InputRefused } from '@plaza/runtime/models';
import { createVectorIndex } from '../vectors/vector-index.ts';
import type { Embeddings } from './embeddings.ts';
import { endpointEmbeddings } from './endpoint.ts';
import { hashingEmbeddings } from './hashing.ts';
import { onnxEmbeddings } from './onnx.ts';
import { embeddingsFrom } from './settings.ts';

const KEY = 'sk-secret-of-the-shop';
type Asked = { readonly authorization: string | undefined; readonly model: string; readonly input: readonly string[] };
/** What the server does with a request instead of answering it. */
type Refusal = { readonly status: number; readonly headers?: Record<string, string> };

/** A server of OpenAI's protocol that embeds by letters and answers in any order, after what it was told to refuse. */
async function startServer(refusals: Refusal[] = []) {
  const asked: Asked[] = [];
  const letters = hashingEmbeddings();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { model, input } = JSON.parse(body) as { model: string; input: string[] };
    asked.push({ authorization: request.headers.authorization, model, input });
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      response.writeHead(refusal.status, refusal.headers).end(JSON.stringify({ error: { message: `no: ${input}` } }));
      return;
    }
    const vectors = await letters.embed(input, 'listing');
    const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: [...vector] })).reverse();
    response.end(JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: 1, total_tokens: 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return {
    asked,
    embeddings: endpointEmbeddings({
      url,
      key: KEY,
      model: 'letters',
      version: '1',
      dimensions: letters.dimensions,
      pauseMs: 1,
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Every adapter passes the same suite; the one of models where there is one (and its package: see docs/operations.md). */
const folder = process.env.PLAZA_EMBEDDINGS_MODEL;
type Open = AsyncDisposable & { readonly embeddings: Embeddings };
const ADAPTERS: readonly { readonly name: string; open(): Promise<Open> }[] = [
  { name: 'hashed letters', open: async () => closing(hashingEmbeddings()) },
  { name: 'endpoint', open: () => startServer() },
  ...(folder === undefined ? [] : [{ name: 'ONNX', open: async () => closing(await onnxEmbeddings(folder)) }]),
];

function closing(embeddings: Embeddings): Open {
  return { embeddings, [Symbol.asyncDispose]: () => embeddings.close() };
}

for (const { name, open } of ADAPTERS) {
  describe(`embeddings, ${name}`, () => {
    test('like texts are nearer than others, and each is nearest itself, in order', async () => {
      await using opened = await open();
      const texts = ['vintage brass lamps', 'garden hose', 'vintage brass lamp', 'โคมไฟทองเหลือง', 'lámpara de latón'];
      const vectors = await opened.embeddings.embed(texts, 'listing');
      const index = createVectorIndex(opened.embeddings.dimensions);
      vectors.forEach((vector, i) => {
        index.put(`${i}`, vector);
      });
      vectors.forEach((vector, i) => {
        assert.equal(index.nearest(vector, 1)[0]?.id, `${i}`);
      });
      assert.equal(index.nearest(vectors[0] as Float32Array, 2)[1]?.id, '2');
    });

    test('any number of texts of any length, and nothing for those that say nothing', async () => {
      await using opened = await open();
      const { embeddings } = opened;
      assert.deepEqual(await embeddings.embed([], 'listing'), []);
      const texts = Array.from({ length: 130 }, (_, i) => (i === 7 ? ' ' : `lamp ${i}`));
      texts[9] = 'brass '.repeat(20_000);
      const vectors = await embeddings.embed(texts, 'listing');
      assert.equal(vectors.length, texts.length);
      assert.ok(vectors.every((vector) => vector.length === embeddings.dimensions));
      assert.ok(vectors.every((vector, i) => vector.some((value) => value !== 0) === (i !== 7)));
      assert.notDeepEqual(vectors[0], vectors[1]);
    });
  });
}

describe('an endpoint of embeddings', () => {
  test('is shown the key and the model, and asked in batches', async () => {
    await using server = await startServer();
    await server.embeddings.embed(
      Array.from({ length: 100 }, (_, i) => `lamp ${i}`),
      'listing',
    );
    assert.deepEqual(
      server.asked.map(({ authorization, model, input }) => [authorization, model, input.length]),
      [
        [`Bearer ${KEY}`, 'letters', 64],
        [`Bearer ${KEY}`, 'letters', 36],
      ],
    );
  });

  test('that is busy is asked again', async () => {
    await using server = await startServer([{ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }]);
    assert.equal((await server.embeddings.embed(['lamp'], 'query')).length, 1);
    assert.equal(server.asked.length, 3);
  });

  test('that refuses says so without the key or the texts, and is asked once', async () => {
    await using server = await startServer([{ status: 401 }, { status: 400 }]);
    const errorOf = (): Promise<Error> =>
      server.embeddings.embed(['very private text'], 'query').then(
        () => assert.fail('was taken'),
        (error: Error) => error,
      );
    const [wrongKey, wrongText] = [await errorOf(), await errorOf()];
    assert.match(wrongKey.message, /answered 401/);
    assert.ok(!(wrongKey instanceof InputRefused) && wrongText instanceof InputRefused);
    for (const error of [wrongKey, wrongText]) assert.doesNotMatch(os.EOL + error.stack, /secret|private/);
    assert.equal(server.asked.length, 2);
  });

  test('that asks for more patience than there is, or is not there, fails at once', async () => {
    await using server = await startServer([{ status: 429, headers: { 'retry-after': '3600' } }]);
    await assert.rejects(server.embeddings.embed(['lamp'], 'query'), /answered 429/);
    await server[Symbol.asyncDispose]();
    await assert.rejects(server.embeddings.embed(['lamp'], 'query'), /was not reached/);
  });
});

describe('settings of embeddings', () => {
  test('without any, letters are hashed, which is no meaning', async () => {
    const { name, isOfMeaning } = await embeddingsFrom({});
    assert.deepEqual([name, isOfMeaning], ['hashed-letters', false]);
  });

  test('with an address there is a model of that server', async () => {
    const environment = { PLAZA_EMBEDDINGS_URL: 'http://127.0.0.1:9/v1' };
    await assert.rejects(embeddingsFrom(environment), /needs PLAZA_EMBEDDINGS_MODEL/);
    const set = { PLAZA_EMBEDDINGS_MODEL: 'e5', PLAZA_EMBEDDINGS_DIMENSIONS: '384', PLAZA_EMBEDDINGS_VERSION: '2' };
    const { name, version, dimensions, isOfMeaning } = await embeddingsFrom({ ...environment, ...set });
    assert.deepEqual([name, version, dimensions, isOfMeaning], ['e5', '2', 384, true]);
  });

  test('a folder without a model is refused in one sentence', async () => {
    await assert.rejects(embeddingsFrom({ PLAZA_EMBEDDINGS_MODEL: os.tmpdir() }), /has no config.json and onnx/);
  });
});
