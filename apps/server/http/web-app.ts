import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendWebAppAway } from './web-app-away.ts';

/** A request header to the web app: answer with the page that says there is no such page. */
const MISSING_HEADER = 'x-plaza-missing';

/** Longest that a connection to the web app may rest: shorter than the web app keeps it (`scripts/web.mjs`). */
const REST_MS_MAX = 30_000;
/** How a kept connection ends that the web app closed while a request was on its way. */
const CLOSED = ['ECONNRESET', 'UND_ERR_SOCKET'];
/** What may be asked again, on another connection. */
const REPEATABLE = ['GET', 'HEAD'];

/**
 * No other site shows our pages within its own, where a visitor would press our buttons without seeing them
 * (clickjacking); nothing is taken for another type than it says.
 */
const GUARDS = {
  'content-security-policy': "frame-ancestors 'self'; base-uri 'self'; object-src 'none'",
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Everything the server has no answer to goes to the web app. What Next.js finds missing while it renders it answers
 * with an empty page that only a script fills (`notFound` fails the shell, and the fallback is drawn by the browser).
 * Such an answer is not passed on: the web app is asked once more, for its page about missing pages, which is whole.
 */
export async function registerWebApp(server: FastifyInstance, upstream: string): Promise<void> {
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
      rewriteRequestHeaders: ({ headers: { host = 'localhost' } }, headers) => ({
        ...headers,
        host,
        'x-forwarded-host': host,
      }),
      rewriteHeaders: (headers) => ({ ...headers, ...GUARDS }),
      onError: (reply, { error }) => {
        const { code } = (error as { cause?: { code?: string } }).cause ?? {};
        if (code !== 'ECONNREFUSED') return void reply.send(error);
        sendWebAppAway(reply.request, reply as FastifyReply);
      },
      onResponse: ({ method, url, headers: { host = 'localhost' } }, reply, { stream }) => {
        const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
        if (reply.statusCode !== 404 || !isPage || method !== 'GET') return void reply.send(stream);
        stream.resume();
        for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
        reply.from(url, {
          rewriteHeaders: (headers) => ({ ...headers, ...GUARDS }),
          rewriteRequestHeaders: (_request, headers) => ({
            ...headers,
            host,
            'x-forwarded-host': host,
            [MISSING_HEADER]: '1',
          }),
        });
      },
    },
  });
}
