import { hash } from 'node:crypto';
import { type Client, type Context, type Contract, invalidInput, type Operation } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { parameterReader, statusOf } from '@plaza/kernel/rest';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Authenticate, contextOf, deviceOf, isAnonymous, marketplaceOf, visitOf } from './caller.ts';
import type { GuestCache } from './guest-cache.ts';
import { httpFaults, sendFailure, sendProblem } from './problem.ts';

export type RestOptions = {
  readonly contracts: Readonly<Record<string, Contract>>;
  readonly clients: Readonly<Record<string, Client<Contract>>>;
  readonly marketplaces: Marketplaces;
  readonly authenticate: Authenticate;
  readonly guestCache: GuestCache;
};

/** Other names of the same nouns. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { '/listings': ['/products', '/assets'] };

type Call = (input: unknown, context: Context) => Promise<unknown>;

/** Every public operation of every contract as a REST route below `/api/v1`, from the contract alone. */
export function registerRest(server: FastifyInstance, options: RestOptions): void {
  const methodsByPath = new Map<string, Set<string>>();
  const urls = new Map<string, string>();
  for (const [service, contract] of Object.entries(options.contracts)) {
    for (const [name, operation] of Object.entries(contract) as [string, Operation][]) {
      if (operation.route === undefined) continue;
      const call = (options.clients[service] as unknown as Record<string, Call>)[name] as Call;
      const handler = handlerOf(operation, call, options);
      for (const path of pathsOf(operation.route.path)) {
        const url = `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`;
        server.route({ method: operation.route.method, url, handler, exposeHeadRoute: false });
        const shape = url.replace(/:\w+/g, ':');
        methodsByPath.set(shape, (methodsByPath.get(shape) ?? new Set()).add(operation.route.method));
        urls.set(shape, url);
      }
    }
  }
  for (const [shape, methods] of methodsByPath) {
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => !methods.has(method));
    server.route({
      method: others,
      url: urls.get(shape) as string,
      // The body is of no interest; reading it could only fail first.
      onRequest: (request, reply) => {
        sendProblem(reply.header('allow', [...methods].join(', ')), httpFaults.methodNotAllowed(), request.id);
      },
      handler: () => {},
    });
  }
}

function pathsOf(path: string): string[] {
  for (const [noun, others] of Object.entries(ALIASES)) {
    if (path === noun || path.startsWith(`${noun}/`))
      return [path, ...others.map((other) => other + path.slice(noun.length))];
  }
  return [path];
}

function handlerOf(operation: Operation, call: Call, options: RestOptions) {
  const readParameters = parameterReader(operation.input);
  const status = statusOf(operation);
  const cacheMs = operation.guestCacheSeconds === undefined ? 0 : operation.guestCacheSeconds * 1000;
  const isRead = operation.route?.method === 'GET' || operation.route?.method === 'DELETE';

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const cacheKey = cacheMs > 0 && isAnonymous(request) ? cacheKeyOf(request) : undefined;
      const cached = cacheKey === undefined ? undefined : options.guestCache.get(cacheKey, Date.now());
      if (cached !== undefined) return sendCached(request, reply, cached.body, cached.etag, cacheMs);

      const isForAll = operation.isInstallationWide === true;
      const marketplaceId = isForAll ? undefined : marketplaceOf(request, options.marketplaces);
      const state = options.guestCache.stateOf(marketplaceId ?? '');
      const locales = marketplaceId === undefined ? [] : options.marketplaces.get(marketplaceId).locales;
      const defaultLocale = locales[0] ?? 'en';
      const caller = await contextOf(request, marketplaceId, defaultLocale, options.authenticate);
      const context = {
        ...caller,
        ...(operation.readsVisit === true ? { visit: visitOf(request) } : {}),
        ...(operation.startsSession === true ? deviceOf(request) : {}),
      };
      const input = {
        ...(isRead ? {} : bodyOf(request)),
        ...readParameters({ ...(isRead ? (request.query as object) : {}), ...(request.params as object) }),
        ...expectedVersionOf(request),
      };
      const output = await call(input, context);
      const body = Buffer.from(JSON.stringify(output));
      if (cacheKey !== undefined) {
        const etag = `"${hash('sha1', body, 'base64url')}"`;
        const freshUntilMs = Date.now() + cacheMs;
        options.guestCache.set(cacheKey, { body, etag, freshUntilMs, marketplaceId: marketplaceId ?? '' }, state);
        return sendCached(request, reply, body, etag, cacheMs);
      }
      const version = (output as { version?: unknown } | null)?.version;
      if (typeof version === 'number') reply.header('etag', `"${version}"`);
      return reply
        .code(status)
        .header('content-type', 'application/json')
        .header('cache-control', 'private, no-store')
        .send(body);
    } catch (thrown) {
      return sendFailure(request, reply, thrown);
    }
  };
}

function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  etag: string,
  cacheMs: number,
): FastifyReply {
  reply
    .header('cache-control', `public, max-age=${cacheMs / 1000}`)
    .header('etag', etag)
    .header('vary', 'X-Marketplace, X-Forwarded-Host, Accept-Language, Authorization, Cookie');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', 'application/json').send(body);
}

function cacheKeyOf(request: FastifyRequest): string {
  const { headers } = request;
  return `${headers['x-marketplace'] ?? ''}|${headers['x-forwarded-host'] ?? headers.host}|${headers['accept-language'] ?? ''}|${request.url}`;
}

function bodyOf(request: FastifyRequest): object {
  const { body } = request;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw httpFaults.notAnObject();
  return body;
}

function expectedVersionOf(request: FastifyRequest): { expectedVersion?: number } {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return {};
  const match = /^"?(\d{1,15})"?$/.exec(header);
  if (match === null)
    throw invalidInput([
      { pointer: '/If-Match', code: 'header', detail: 'must be the ETag of the version you edited' },
    ]);
  return { expectedVersion: Number(match[1]) };
}
