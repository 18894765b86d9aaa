import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Composition } from '../composition.ts';
import { type Authenticate, contextOf, marketplaceOf } from './caller.ts';
import { sendFailure } from './problem.ts';

/** Routes that services bring themselves: webhooks and the sign-in library's own endpoints, as Fetch requests. */
export function registerRawRoutes(server: FastifyInstance, composition: Composition, authenticate: Authenticate): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Signatures are made over the very bytes that were sent.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const { route } of composition.rawRoutes) {
      scope.route({
        method: [...route.methods],
        url: route.path,
        handler: async (request, reply) => {
          try {
            const marketplaceId = marketplaceOf(request, composition.marketplaces);
            const locale = composition.marketplaces.get(marketplaceId).locales[0] ?? 'en';
            const context = await contextOf(request, marketplaceId, locale, authenticate);
            return await sendResponse(reply, await route.handle(requestOf(request), context));
          } catch (thrown) {
            return sendFailure(request, reply, thrown);
          }
        },
      });
    }
  });
}

function requestOf(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? '']) headers.append(name, each);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(`http://${request.headers.host ?? 'localhost'}${request.url}`, {
    method: request.method,
    headers,
    ...(hasBody && Buffer.isBuffer(request.body) ? { body: new Uint8Array(request.body) } : {}),
  });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
