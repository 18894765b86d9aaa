import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import { commonErrors } from '@plaza/kernel';

/** How long nothing is sent after the cluster was not reached: who waits then hears so at once. */
const QUIET_MS = 1_000;
/** Connections that nobody uses are closed after so long: before the cluster closes them, or what stands before it. */
const IDLE_MS = 4_000;
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

export type Refusal = { readonly error?: string | { readonly type?: string; readonly reason?: string } };

/**
 * A client of the cluster at `address`, which may carry a user and a password: `https://plaza:secret@search:9200`. By
 * `node:http`, which takes half of the processor time that `fetch` does; and answers come unpacked, as packing a page of hits
 * takes both sides longer than sending it next door.
 */
export function createClient(
  address: string,
  {
    timeoutMs,
    clockMs = () => performance.now(),
    onTook = () => {},
  }: {
    readonly timeoutMs: number;
    readonly clockMs?: () => number;
    /** Hears what the cluster says each request took it. */
    readonly onTook?: (tookMs: number) => void;
  },
): OpenSearchClient {
  const base = new URL(address).href.replace(/\/$/, '');
  const { Agent, request } = base.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  let quietUntilMs = Number.NEGATIVE_INFINITY;

  async function send({ method, path, body, timeoutMs: ownTimeoutMs = timeoutMs }: Request) {
    if (clockMs() < quietUntilMs)
      throw commonErrors.UNAVAILABLE({}, { cause: new Error('OpenSearch was not reached.') });
    const headers = { 'content-type': Array.isArray(body) ? 'application/x-ndjson' : 'application/json' };
    const signal = AbortSignal.timeout(ownTimeoutMs);
    try {
      return await new Promise<http.IncomingMessage>((resolve, reject) => {
        request(base + path, { agent, method, headers, signal }, resolve)
          .on('error', reject)
          .end(body === undefined ? undefined : textOf(body));
      });
    } catch (error) {
      quietUntilMs = clockMs() + QUIET_MS;
      throw commonErrors.UNAVAILABLE({}, { cause: error });
    }
  }

  return {
    async call<Answer>(asked: Request): Promise<Answer> {
      const response = await send(asked);
      const { statusCode: status = 0 } = response;
      const answer = await json(response).catch((error: unknown) => {
        throw commonErrors.UNAVAILABLE({}, { cause: error });
      });
      if (status >= 300) throw faultOf(status, answer as Refusal);
      onTook((answer as { readonly took?: number }).took ?? 0);
      return answer as Answer;
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
