import { commonErrors } from '@plaza/kernel';

/** How long nothing is sent after the cluster was not reached: who waits then hears so at once. */
const QUIET_MS = 1_000;
/** Answers of a cluster, or of what stands before it, that has no time or no shard for it right now. */
const BUSY = new Set([429, 502, 503, 504]);

/** There is no such index: nothing was ever put in, or somebody deleted it. */
export class IndexMissing extends Error {}

export type Request = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** With its query string. */
  readonly path: string;
  /** Sent as JSON; a list as lines of JSON. */
  readonly body?: object | readonly object[];
  /** Instead of the client's own. */
  readonly timeoutMs?: number;
};

/** OpenSearch's REST interface. */
export type OpenSearchClient = {
  /**
   * Answers what OpenSearch answers.
   * @throws IndexMissing
   * @throws UNAVAILABLE when the cluster is not reached, is too busy, or takes too long
   */
  call<Answer>(request: Request): Promise<Answer>;
};

type Refusal = { readonly error?: string | { readonly type?: string; readonly reason?: string } };

/** A client of the cluster at `address`, which may carry a user and a password: `https://plaza:secret@search:9200`. */
export function createClient(
  address: string,
  { timeoutMs, clockMs = () => performance.now() }: { readonly timeoutMs: number; readonly clockMs?: () => number },
): OpenSearchClient {
  const { username, password, origin, pathname } = new URL(address);
  const base = origin + pathname.replace(/\/$/, '');
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization =
    username === '' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  let quietUntilMs = Number.NEGATIVE_INFINITY;

  async function send({ method, path, body, timeoutMs: ownTimeoutMs = timeoutMs }: Request): Promise<Response> {
    if (clockMs() < quietUntilMs)
      throw commonErrors.UNAVAILABLE({}, { cause: new Error('OpenSearch was not reached.') });
    try {
      return await fetch(base + path, {
        method,
        headers: {
          // Packing a page of hits takes both sides longer than sending it next door.
          'accept-encoding': 'identity',
          'content-type': Array.isArray(body) ? 'application/x-ndjson' : 'application/json',
          ...authorization,
        },
        signal: AbortSignal.timeout(ownTimeoutMs),
        ...(body === undefined ? {} : { body: textOf(body) }),
      });
    } catch (error) {
      quietUntilMs = clockMs() + QUIET_MS;
      throw commonErrors.UNAVAILABLE({}, { cause: error });
    }
  }

  return {
    async call<Answer>(request: Request): Promise<Answer> {
      const response = await send(request);
      const answer = await response.json().catch((error: unknown) => {
        throw commonErrors.UNAVAILABLE({}, { cause: error });
      });
      if (response.ok) return answer as Answer;
      throw faultOf(response.status, answer as Refusal);
    },
  };
}

/** What a refusal means for who asked. */
export function faultOf(status: number, { error }: Refusal): Error {
  const { type, reason } = typeof error === 'object' ? error : { type: undefined, reason: error };
  if (type === 'index_not_found_exception') return new IndexMissing(reason);
  const cause = new Error(`OpenSearch answered ${status}: ${type ?? 'no type'}: ${reason ?? 'no reason'}`);
  return BUSY.has(status) ? commonErrors.UNAVAILABLE({}, { cause }) : cause;
}

function textOf(body: object | readonly object[]): string {
  return Array.isArray(body) ? body.map((line) => `${JSON.stringify(line)}\n`).join('') : JSON.stringify(body);
}
