import { timingSafeEqual } from 'node:crypto';
import { EventEnvelope } from '@plaza/kernel';
import { serveRemotely } from '@plaza/kernel/remote';
import { deliver } from '@plaza/runtime';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Composition } from '../composition.ts';

const Taken = z.object({ marketplaceIds: z.array(z.string()) });

/** What this process does about what it is told by others, besides its services. */
export type Hearing = {
  hear(event: EventEnvelope): void;
  /** Every process has taken what changed these marketplaces. */
  hearTaken(marketplaceIds: readonly string[]): void;
};

/** What processes of one installation say to each other: calls (`/rpc`), events, and that all have taken them. Guarded by the service token. */
export function registerInternal(
  server: FastifyInstance,
  composition: Composition,
  serviceToken: string,
  { hear, hearTaken }: Hearing,
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
      hear(event);
      if (failures.size > 0) throw failures.get(event.id);
      return reply.code(204).send();
    });
    scope.post('/internal/taken', async (request, reply) => {
      if (!isServiceToken(request.headers.authorization, serviceToken)) return reply.code(401).send();
      hearTaken(Taken.parse(request.body).marketplaceIds);
      return reply.code(204).send();
    });
  });
}

function isServiceToken(header: string | undefined, serviceToken: string): boolean {
  const given = Buffer.from(header ?? '');
  const right = Buffer.from(`Bearer ${serviceToken}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
