import { InputRefused } from './model.ts';

/** A server of models, as the environment names it. */
export type ModelEndpoint = {
  /** Up to `/embeddings`: `https://api.openai.com/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly version: string;
  readonly dimensions: number;
  readonly timeoutMs?: number;
  /** Before the second try; doubled before each further one. */
  readonly pauseMs?: number;
};

const TIMEOUT_MS = 20_000;
const PAUSE_MS = 500;
/** A server that asks for more patience than this is asked again another time. */
const PATIENCE_MS = 10_000;
/** Answers that another try may better. */
const PASSING = new Set([408, 409, 429, 500, 502, 503, 504]);
/** Answers that say something of what was sent. Of others (a wrong key, no such model) the settings are to blame. */
const OF_INPUT = new Set([400, 413, 415, 422]);

/**
 * What a server of OpenAI's embeddings protocol (https://platform.openai.com/docs/api-reference/embeddings/create) answers to
 * `input`, tried `triesMax` times while it is busy. Errors name the server and its answer's status, never the key, nor what was
 * sent.
 * @throws InputRefused when the server does not take it; Error when it is away or refuses for other reasons
 */
export async function requestEmbeddings(
  endpoint: ModelEndpoint,
  input: { readonly input: readonly string[]; readonly modality?: 'image' },
  triesMax: number,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(endpoint, input).catch((error: unknown) => error as Error);
    if (response instanceof Response && response.ok) return response.json();
    const isPassing = !(response instanceof Response) || PASSING.has(response.status);
    const waitMs = response instanceof Response ? waitOf(response) : undefined;
    if (!isPassing || attempt === triesMax || (waitMs ?? 0) > PATIENCE_MS) throw failureOf(endpoint, response);
    const { pauseMs = PAUSE_MS } = endpoint;
    await new Promise((resolve) => setTimeout(resolve, waitMs ?? pauseMs * 2 ** (attempt - 1)));
  }
}

/** An address may carry a password. */
export function hostOf({ url }: Pick<ModelEndpoint, 'url'>): string {
  return new URL(url).host;
}

function send({ url, key, model, timeoutMs = TIMEOUT_MS }: ModelEndpoint, input: object): Promise<Response> {
  return fetch(`${url.replace(/\/$/, '')}/embeddings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, ...input, encoding_format: 'float' }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** `Retry-After` in seconds, if the server says so. */
function waitOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** Without a cause: what `fetch` throws may hold the request. */
function failureOf(endpoint: ModelEndpoint, response: Response | Error): Error {
  if (!(response instanceof Response)) return new Error(`${hostOf(endpoint)} was not reached: ${response.name}.`);
  const message = `${hostOf(endpoint)} answered ${response.status} to a request for embeddings.`;
  return OF_INPUT.has(response.status) ? new InputRefused(message) : new Error(message);
}
