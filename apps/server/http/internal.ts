import { timingSafeEqual } from 'node:crypto';
import { EventEnvelope } from '@plaza/kernel';
import { serveRemotely } from '@plaza/kernel/remote';
import { deliver } from '@plaza/runtime';
import type { FastifyInstance } from 'fastify';
import type { Composition } from '../composition.ts';

/** What processes of one installation say to each other: calls (`/rpc`) and events. Guarded by the service token. */
export function registerInternal(
  server: FastifyInstance,
  composition: Composition,
  serviceToken: string,
  onEvent: (event: EventEnvelope) => void,
): void {
  const serve = serveRemotely(composition.localClients, serviceToken);
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // oRPC reads the raw request itself.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/rpc/*', async (request, reply) => {
      reply.hijack();
      await serve(request.raw, reply.raw);
    });
  });
  server.register(async (scope) => {
    scope.addContentTypeParser(
      'application/cloudevents+json',
      { parseAs: 'string' },
      scope.getDefaultJsonParser('error', 'error'),
    );
    scope.post('/internal/events', { bodyLimit: 8 * 1024 * 1024 }, async (request, reply) => {
      if (!isServiceToken(request.headers.authorization, serviceToken)) return reply.code(401).send();
      const event = EventEnvelope.parse(request.body);
      const failures = await deliver(composition.subscribers, [event]);
      onEvent(event);
      if (failures.size > 0) throw failures.get(event.id);
      return reply.code(204).send();
    });
  });
}

function isServiceToken(header: string | undefined, serviceToken: string): boolean {
  const given = Buffer.from(header ?? '');
  const right = Buffer.from(`Bearer ${serviceToken}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
