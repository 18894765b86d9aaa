import { randomUUID } from 'node:crypto';
import { type Contract, commonErrors } from '@plaza/kernel';
import { openApiDocument } from '@plaza/kernel/rest';
import type { Logger } from '@plaza/runtime';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { marketplacesChanged } from '../composition/shown.ts';
import type { Composition } from '../composition.ts';
import type { Config } from '../config.ts';
import { startRealtime } from '../realtime/realtime.ts';
import { SERVICES } from '../services.ts';
import { VERSION } from '../version.ts';
import type { Authenticate } from './caller.ts';
import { answerClientError } from './client-error.ts';
import { registerDevInbox } from './dev-inbox.ts';
import { registerFiles } from './files.ts';
import { GuestCache } from './guest-cache.ts';
import { type Hearing, registerInternal } from './internal.ts';
import { answerUnroutable, faultFromFastify, httpFaults, sendProblem } from './problem.ts';
import { registerRawRoutes } from './raw-routes.ts';
import { registerRest } from './rest.ts';

/** Longest that a request may take to arrive: 1 GiB, the largest file, at 2.4 Mbit/s. Fastify would wait for ever. */
const ARRIVAL_MS_MAX = 3_600_000;

export type ServerParts = { readonly config: Config; readonly composition: Composition; readonly log: Logger };

/** The one door of a process: REST, webhooks, files, the other processes, and the web app behind it. */
export async function createServer({ config, composition, log }: ServerParts): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: log as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    requestTimeout: ARRIVAL_MS_MAX,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnroutable,
    // A logger for each request costs more than its few lines are worth: what is logged names the request itself.
    childLoggerFactory: (logger, bindings, options) =>
      options.level === undefined ? logger : logger.child(bindings, options),
    genReqId: () => `req_${randomUUID()}`,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    trustProxy: false,
    // Contracts check what comes and goes: no route has a schema, so nothing that compiles schemas need be loaded.
    schemaController: { compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas } },
    forceCloseConnections: true,
  });
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler((error, request, reply) => {
    const fault = faultFromFastify(error);
    if (fault === undefined) log.error({ err: error, requestId: request.id }, 'a request failed in an unforeseen way');
    sendProblem(reply, fault ?? commonErrors.INTERNAL({}), request.id);
  });
  server.setNotFoundHandler((request, reply) => void sendProblem(reply, httpFaults.notFound(), request.id));

  const guestCache = new GuestCache();
  const realtime = startRealtime(server.server, composition.marketplaces);
  const hearing: Hearing = {
    hear(event) {
      hearing.hearTaken(marketplacesChanged([event]));
      realtime.hear(event);
    },
    hearTaken(marketplaceIds) {
      for (const marketplaceId of marketplaceIds) guestCache.forget(marketplaceId);
    },
  };
  composition.onEvent(hearing.hear);
  composition.onTaken(hearing.hearTaken);
  server.addHook('preClose', async () => realtime.close());

  const contracts = Object.fromEntries(SERVICES.map(({ name, contract }) => [name, contract as Contract]));
  const { identity } = composition.clients;
  const authenticate: Authenticate = (input, context) => identity.authenticate(input, context);
  registerRest(server, {
    contracts,
    clients: composition.edgeClients,
    marketplaces: composition.marketplaces,
    authenticate,
    guestCache,
  });
  registerRawRoutes(server, composition, authenticate);
  registerFiles(server, composition.storage, config.signingKey);
  registerInternal(server, composition, config.serviceToken, hearing);
  if (config.isDemo && config.SMTP_URL === undefined) registerDevInbox(server, composition.devInbox);

  let document: string | undefined;
  server.get('/api/v1/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(contracts, VERSION));
    return reply.header('content-type', 'application/json').send(document);
  });
  server.get('/healthz', async () => ({ status: 'ok', version: VERSION }));
  server.all('/api/*', (request, reply) => void sendProblem(reply, httpFaults.notFound(), request.id));
  if (config.PLAZA_WEB_URL !== undefined) {
    const { registerWebApp } = await import('./web-app.ts');
    await registerWebApp(server, config.PLAZA_WEB_URL, composition.marketplaces);
  }
  return server;
}

function withoutSchemas(): never {
  throw new Error('routes of this server have no schemas: contracts have');
}
