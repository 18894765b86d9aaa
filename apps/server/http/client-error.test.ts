import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fastify } from 'fastify';
import { answerClientError } from './client-error.ts';
import { answerUnroutable } from './problem.ts';

test('an address that is too long, and what is no HTTP at all, get a problem like everything else', async () => {
  const server = fastify({ clientErrorHandler: answerClientError });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const answerTo = async (request: string) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(request);
    return text(socket);
  };
  const long = await answerTo(`GET /api/v1/search?query=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`);
  assert.match(long, /^HTTP\/1\.1 431 Request Header Fields Too Large\r\ncontent-type: application\/problem\+json/);
  assert.match(long, /"code":"HEADERS_TOO_LARGE"/);
  assert.match(await answerTo('HELLO\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request[\s\S]*"code":"BAD_REQUEST"/);
  await server.close();
});

test('an address whose percent signs mean no text gets one too', async () => {
  const server = fastify({ frameworkErrors: answerUnroutable });
  server.get('/listings/:id', async () => 'a listing');
  const answer = await server.inject('/listings/%ED%A0%80');
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [400, 'application/problem+json']);
  assert.equal(answer.json().code, 'BAD_REQUEST');
  await server.close();
});
