import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import { z } from 'zod';
import { Context } from '../context.ts';
import type { Client, Contract } from '../contract/operation.ts';
import { commonErrors, Fault } from '../errors.ts';
import { FieldError } from '../field-errors.ts';

const CONTEXT_HEADER = 'x-plaza-context';
const PREFIX = '/rpc';

/** What a fault carries over the wire besides its code, status and message. */
const FaultPayload = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z.array(FieldError),
});

type AnyClient = Record<string, (input: unknown, context: Context) => Promise<unknown>>;

/**
 * Answers remote calls below `/rpc/<service>/<operation>` (oRPC's protocol) from the local clients of this process.
 * Only callers with the service token are heard; they say on whose behalf they call. Resolves to false when the
 * path is not ours.
 */
export function serveRemotely(
  clients: Readonly<Record<string, AnyClient>>,
  serviceToken: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const router = Object.fromEntries(
    Object.entries(clients).map(([service, client]) => [
      service,
      Object.fromEntries(
        Object.entries(client).map(([name, call]) => [
          name,
          os.$context<{ plaza: Context }>().handler(async ({ input, context }) => {
            try {
              return await call(input, context.plaza);
            } catch (fault) {
              if (!(fault instanceof Fault)) throw fault;
              const { code, status, message, data, errors } = fault;
              throw new ORPCError(code, { status, message, data: { data, errors } });
            }
          }),
        ]),
      ),
    ]),
  );
  const handler = new RPCHandler<{ plaza: Context }>(router);
  return async (request, response) => {
    if (!request.url?.startsWith(`${PREFIX}/`)) return false;
    const context = contextOf(request, serviceToken);
    if (context === undefined) {
      response.writeHead(401).end();
      return true;
    }
    const { matched } = await handler.handle(request, response, { prefix: PREFIX, context: { plaza: context } });
    if (!matched) response.writeHead(404).end();
    return true;
  };
}

function contextOf(request: IncomingMessage, serviceToken: string): Context | undefined {
  const given = Buffer.from(request.headers.authorization ?? '');
  const right = Buffer.from(`Bearer ${serviceToken}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const text = request.headers[CONTEXT_HEADER];
  if (typeof text !== 'string') return undefined;
  return Context.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
}

/** The client of a service in another process. Behaves as `bindLocally`'s; an unreachable process is UNAVAILABLE. */
export function bindRemotely<C extends Contract>(
  service: string,
  contract: C,
  url: string,
  serviceToken: string,
): Client<C> {
  const link = new RPCLink<{ plaza: Context }>({
    url: `${url.replace(/\/$/, '')}${PREFIX}`,
    headers: ({ context }) => ({
      authorization: `Bearer ${serviceToken}`,
      [CONTEXT_HEADER]: Buffer.from(JSON.stringify(context.plaza)).toString('base64url'),
    }),
  });
  type Remote = Record<
    string,
    Record<string, (input: unknown, options: { context: { plaza: Context } }) => Promise<unknown>>
  >;
  const remote = createORPCClient(link) as unknown as Remote;
  const client: AnyClient = {};
  for (const [name, operation] of Object.entries(contract)) {
    client[name] = async (input, context) => {
      try {
        const answer = await remote[service]?.[name]?.(input, { context: { plaza: context } });
        // Again on this side: an answer of another version is cut to what this one knows.
        return operation.output.parse(answer);
      } catch (thrown) {
        throw faultFromRemote(thrown);
      }
    };
  }
  return client as Client<C>;
}

function faultFromRemote(thrown: unknown): Fault {
  if (!(thrown instanceof ORPCError)) {
    const isTransport = thrown instanceof TypeError || (thrown as { name?: string }).name === 'AbortError';
    return (isTransport ? commonErrors.UNAVAILABLE : commonErrors.INTERNAL)({}, { cause: thrown });
  }
  const payload = FaultPayload.safeParse(thrown.data);
  if (!payload.success) return commonErrors.INTERNAL({}, { cause: thrown });
  return new Fault(thrown.code, thrown.status, thrown.message, payload.data);
}
