import { randomBytes } from 'node:crypto';
import httpProxy from '@fastify/http-proxy';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { httpFaults, sendProblem } from './problem.ts';
import { sendWebAppAway } from './web-app-away.ts';

/** A request header to the web app: answer with the page that says there is no such page. */
const MISSING_HEADER = 'x-plaza-missing';

/** Longest that a connection to the web app may rest: shorter than the web app keeps it (`scripts/web.mjs`). */
const REST_MS_MAX = 30_000;
/** How a kept connection ends that the web app closed while a request was on its way. */
const CLOSED = ['ECONNRESET', 'UND_ERR_SOCKET'];
/** What may be asked again, on another connection. */
const REPEATABLE = ['GET', 'HEAD'];

/** What makes a page's scripts ours: made for one answer, and known to nobody who only writes into a page. */
const nonces = new WeakMap<object, string>();

/**
 * A page runs the scripts that Next.js put into it and what these load; of anything else that got into it, nothing.
 * `'self'` is for browsers that do not know `'strict-dynamic'`. No other site shows our pages within its own, where a
 * visitor would press our buttons without seeing them (clickjacking).
 */
function policyFor(request: object): string {
  const nonce = nonces.get(request) ?? randomBytes(16).toString('base64');
  nonces.set(request, nonce);
  const scripts = `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`;
  return `${scripts}; frame-ancestors 'self'; base-uri 'self'; object-src 'none'`;
}

/**
 * What a request tells the web app: the host it was sent to, the marketplace of that host (none: all of them), and the
 * policy, out of which Next.js reads the nonce.
 */
function told(request: { readonly headers: { readonly host?: string | undefined } }, marketplaces: Marketplaces) {
  const { host = 'localhost' } = request.headers;
  return {
    host,
    'x-forwarded-host': host,
    'x-marketplace': marketplaces.find(host)?.id ?? '',
    'content-security-policy': policyFor(request),
  };
}

/** What goes with every answer; nothing is taken for another type than it says. */
const guards = (request: object) => ({
  'content-security-policy': policyFor(request),
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
});

/**
 * Everything the server has no answer to goes to the web app. What Next.js finds missing while it renders it answers
 * with an empty page that only a script fills (`notFound` fails the shell, and the fallback is drawn by the browser).
 * Such an answer is not passed on: the web app is asked once more, for its page about missing pages, which is whole.
 */
export async function registerWebApp(
  server: FastifyInstance,
  upstream: string,
  marketplaces: Marketplaces,
): Promise<void> {
  // Not there outside the demo; and its page of marketplaces asks whether it is, which must not come back to it.
  server.all('/dev/*', (request, reply) => void sendProblem(reply, httpFaults.notFound(), request.id));
  await server.register(httpProxy, {
    upstream,
    // That the web app does not answer yet is said to the reader; the log keeps what is wrong.
    logLevel: 'error',
    undici: { keepAliveMaxTimeout: REST_MS_MAX },
    replyOptions: {
      retryDelay: ({ err, req, res, attempt, getDefaultDelay }) => {
        const isClosed = CLOSED.includes((err as { code?: string } | null)?.code ?? '');
        if (isClosed && attempt === 0 && REPEATABLE.includes(req.method ?? '')) return 1;
        return getDefaultDelay(req, res, err, attempt);
      },
      rewriteRequestHeaders: (request, headers) => ({ ...headers, ...told(request, marketplaces) }),
      rewriteHeaders: (headers, request) => ({ ...headers, ...guards(request as object) }),
      onError: (reply, { error }) => {
        const { code } = (error as { cause?: { code?: string } }).cause ?? {};
        if (code !== 'ECONNREFUSED') return void reply.send(error);
        sendWebAppAway(reply.request, reply as FastifyReply);
      },
      onResponse: (request, reply, { stream }) => {
        const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
        if (reply.statusCode !== 404 || !isPage || request.method !== 'GET') return void reply.send(stream);
        stream.resume();
        for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
        reply.from(request.url, {
          rewriteHeaders: (headers) => ({ ...headers, ...guards(request) }),
          rewriteRequestHeaders: (_request, headers) => ({
            ...headers,
            ...told(request, marketplaces),
            [MISSING_HEADER]: '1',
          }),
        });
      },
    },
  });
}
