import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { commonErrors } from '@plaza/kernel';
import { type Storage, verifyGrant } from '@plaza/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpFaults, sendFailure } from './problem.ts';

const TYPES: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/** Files of the storage: public ones by anyone, private ones by signed link, uploads by signed PUT. */
export function registerFiles(server: FastifyInstance, storage: Storage, signingKey: string): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body stays a stream: it goes to the storage piece by piece.
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    scope.get('/files/*', async (request, reply) => {
      try {
        return await sendFile(request, reply, storage, signingKey);
      } catch (thrown) {
        return sendFailure(request, reply, thrown);
      }
    });
    scope.put('/files/*', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
      try {
        return await takeFile(request, reply, storage, signingKey);
      } catch (thrown) {
        // Nobody reads the rest of what is sent, so the next request by this connection would wait behind it.
        reply.header('connection', 'close');
        return sendFailure(request, reply, thrown);
      }
    });
  });
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  storage: Storage,
  signingKey: string,
): Promise<FastifyReply> {
  const key = keyOf(request);
  const extension = key.split('.').at(-1)?.toLowerCase() ?? '';
  reply.header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox");
  if (key.startsWith('public/')) {
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-type', TYPES[extension] ?? 'application/octet-stream');
  } else {
    const grant = verifyGrant(key, queryOf(request), signingKey, new Date());
    if (grant?.method !== 'GET') throw commonErrors.FORBIDDEN({});
    reply
      .header('cache-control', 'private, no-store')
      .header('content-type', grant.contentType ?? 'application/octet-stream');
    if (grant.filename !== undefined) {
      // RFC 6266 with RFC 5987 encoding, for names in any script.
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(grant.filename)}`);
    }
  }
  const size = await storage.size(key);
  return reply.header('content-length', size).send(await storage.get(key));
}

async function takeFile(
  request: FastifyRequest,
  reply: FastifyReply,
  storage: Storage,
  signingKey: string,
): Promise<FastifyReply> {
  const key = keyOf(request);
  const grant = verifyGrant(key, queryOf(request), signingKey, new Date());
  if (grant?.method !== 'PUT' || grant.maxBytes === undefined) throw commonErrors.FORBIDDEN({});
  if (grant.contentType !== undefined && request.headers['content-type'] !== grant.contentType)
    throw httpFaults.unsupportedMediaType();
  const { maxBytes } = grant;
  let received = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      done(received > maxBytes ? httpFaults.tooLarge() : null, chunk);
    },
  });
  const taking = pipeline(request.raw, limit);
  const [stored] = await Promise.all([
    storage.put(key, limit, { contentType: grant.contentType ?? 'application/octet-stream' }),
    taking,
  ]);
  return reply.code(200).header('content-type', 'application/json').send(JSON.stringify(stored));
}

function keyOf(request: FastifyRequest): string {
  const key = (request.params as { '*': string })['*'];
  if (!/^[a-zA-Z0-9_][a-zA-Z0-9._-]*(\/[a-zA-Z0-9_][a-zA-Z0-9._-]*)*$/.test(key)) throw commonErrors.NOT_FOUND({});
  return key;
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://host').searchParams;
}
