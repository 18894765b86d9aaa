import type { Operation } from '@plaza/kernel';
import { PlazaError, type Problem } from './error.ts';

export type ClientOptions = {
  /** Where the API is: `https://jaikod.example.com`, or `http://localhost:3000` with a marketplace. */
  readonly baseUrl: string;
  /** The marketplace, when the host does not name it. */
  readonly marketplace?: string;
  /** A member's session token. */
  readonly token?: string;
  /** What a guest's cart belongs to: an unguessable text of 16 to 128 letters, digits, `-` or `_`. */
  readonly guestId?: string;
  /** A random UUID by which a visitor agreed to be remembered. */
  readonly visitorId?: string;
  /** The language of names and texts, `th`; the marketplace's first when it does not have this one. */
  readonly locale?: string;
  /** The browser of the person for whom a server calls, by which they know a session again. Browsers say so themselves. */
  readonly userAgent?: string;
  /** Longest wait for an answer, 30 seconds unless given; then the call rejects with UNREACHABLE. */
  readonly timeoutMs?: number;
  /** Sends the requests instead of the global one. */
  readonly fetch?: typeof fetch;
};

export type CallOptions = {
  /** Tells a repeat from a new request. Made anew for each write unless given: give your own to repeat safely. */
  readonly idempotencyKey?: string;
  /** Gives up waiting; what the request does may still happen. */
  readonly signal?: AbortSignal;
};

/**
 * Sends one operation as its REST route says; what is undefined of its input is left out. Rejects with a `PlazaError`;
 * when there is no answer, with code UNREACHABLE.
 */
export async function send(
  operation: Operation,
  input: Record<string, unknown>,
  options: ClientOptions,
  call: CallOptions = {},
): Promise<unknown> {
  const { route } = operation;
  if (route === undefined) throw new TypeError(`"${operation.summary}" is not a public operation`);
  const rest = { ...input };
  const path = route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const url = new URL(`/api/v1${path}`, options.baseUrl);
  const headers = headersOf(operation, options, call);
  if (rest.expectedVersion !== undefined) {
    headers['if-match'] = `"${rest.expectedVersion}"`;
    delete rest.expectedVersion;
  }
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  if (!hasBody) appendQuery(url, rest);
  else headers['content-type'] = 'application/json';

  const timeout = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, {
      method: route.method,
      headers,
      signal: call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]),
      ...(hasBody ? { body: JSON.stringify(rest) } : {}),
    });
  } catch (cause) {
    const unreachable = new PlazaError({ code: 'UNREACHABLE', title: 'The marketplace does not answer.' }, 0);
    unreachable.cause = cause;
    throw unreachable;
  }
  if (response.ok) return response.json();
  throw new PlazaError(await problemOf(response), response.status);
}

function headersOf(operation: Operation, options: ClientOptions, call: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.marketplace !== undefined) headers['x-marketplace'] = options.marketplace;
  if (options.locale !== undefined) headers['accept-language'] = options.locale;
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  else if (options.guestId !== undefined) headers['x-guest-token'] = options.guestId;
  if (operation.readsVisit === true && options.visitorId !== undefined) headers['x-visitor-id'] = options.visitorId;
  if (operation.startsSession === true && options.userAgent !== undefined) headers['user-agent'] = options.userAgent;
  if (operation.idempotent === true) headers['idempotency-key'] = call.idempotencyKey ?? crypto.randomUUID();
  return headers;
}

function appendQuery(url: URL, parameters: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) url.searchParams.append(name, String(each));
    }
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    // Something between us and the API answered: a proxy's page, say.
    return { code: 'UNREACHABLE', title: `The answer was ${response.status} and not from the marketplace.` };
  }
}
