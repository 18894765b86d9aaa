import { Agent, request } from 'node:http';

/** Few, kept-alive connections, as a proxy in front would hold. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export type Answer = { readonly status: number; readonly body: Buffer };

/** One HTTP request over a kept-alive connection; cheap, so that the caller's own CPU does not crowd out the server's. */
export function call(
  url: URL,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        headers:
          payload === undefined
            ? headers
            : { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }));
        incoming.once('error', reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(payload);
  });
}

/** The JSON of an answer that must be a success. */
export async function callJson<T>(url: URL, options?: Parameters<typeof call>[1]): Promise<T> {
  const { status, body } = await call(url, options);
  if (status < 200 || status > 299)
    throw new Error(
      `${options?.method ?? 'GET'} ${url.pathname} answered ${status}: ${body.toString('utf8').slice(0, 300)}`,
    );
  return JSON.parse(body.toString('utf8')) as T;
}
