import { z } from 'zod';
import { EmbeddingRefused, type Embeddings, type TextRole } from './embeddings.ts';

export type EndpointSettings = {
  /** Up to `/embeddings`: `https://api.openai.com/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly dimensions: number;
  readonly version: string;
  readonly prefixes?: Readonly<Record<TextRole, string>>;
  readonly timeoutMs?: number;
  /** Before the second try; doubled before each further one. */
  readonly pauseMs?: number;
};

const TIMEOUT_MS = 20_000;
const PAUSE_MS = 500;
const TRIES_MAX = 3;
/** A server that asks for more patience than this is asked again another time. */
const PATIENCE_MS = 10_000;
const TEXTS_AT_ONCE = 64;
/** Some 2,000 tokens: what the smaller models read of a text. */
const TEXT_LENGTH_MAX = 8_000;
/** Answers that another try may better. */
const PASSING = new Set([408, 409, 429, 500, 502, 503, 504]);
/** Answers that say something of these texts. Of others (a wrong key, no such model) the settings are to blame. */
const OF_TEXTS = new Set([400, 413, 422]);

const Answer = z.object({ data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()) })) });

/**
 * A server that speaks OpenAI's embeddings protocol, as hosted ones and most that run models at home do
 * (https://platform.openai.com/docs/api-reference/embeddings/create). Errors name the server and its answer's status,
 * never the key, nor what was sent: texts are sellers' and searchers'.
 */
export function endpointEmbeddings(settings: EndpointSettings): Embeddings {
  const { model, dimensions, version, prefixes = { listing: '', query: '' } } = settings;
  return {
    name: model,
    version,
    dimensions,
    isOfMeaning: true,
    async embed(texts, role) {
      // Servers refuse texts that say nothing.
      const telling = texts.flatMap((text, place) => (text.trim() === '' ? [] : [{ text, place }]));
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      for (let from = 0; from < telling.length; from += TEXTS_AT_ONCE) {
        const some = telling.slice(from, from + TEXTS_AT_ONCE);
        const embedded = await ask(
          settings,
          some.map(({ text }) => (prefixes[role] + text).slice(0, TEXT_LENGTH_MAX)),
        );
        some.forEach(({ place }, i) => {
          vectors[place] = embedded[i] as Float32Array;
        });
      }
      return vectors;
    },
    async close() {
      // Requests end by themselves.
    },
  };
}

async function ask(settings: EndpointSettings, texts: readonly string[]): Promise<Float32Array[]> {
  const { timeoutMs = TIMEOUT_MS, pauseMs = PAUSE_MS } = settings;
  for (let attempt = 1; ; attempt++) {
    const response = await send(settings, texts, timeoutMs).catch((error: unknown) => error as Error);
    if (response instanceof Response && response.ok) return vectorsOf(settings, texts.length, await response.json());
    const isPassing = !(response instanceof Response) || PASSING.has(response.status);
    const waitMs = response instanceof Response ? waitOf(response) : undefined;
    if (!isPassing || attempt === TRIES_MAX || (waitMs ?? 0) > PATIENCE_MS) throw failureOf(settings, response);
    await new Promise((resolve) => setTimeout(resolve, waitMs ?? pauseMs * 2 ** (attempt - 1)));
  }
}

function send({ url, key, model }: EndpointSettings, input: readonly string[], timeoutMs: number): Promise<Response> {
  return fetch(`${url.replace(/\/$/, '')}/embeddings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, input, encoding_format: 'float' }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

function vectorsOf({ url, dimensions }: EndpointSettings, count: number, body: unknown): Float32Array[] {
  const { success, data: answer } = Answer.safeParse(body);
  if (!success || answer.data.length !== count)
    throw new Error(`${hostOf(url)} did not answer with ${count} embeddings.`);
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of answer.data) {
    if (embedding.length !== dimensions)
      throw new Error(
        `${hostOf(url)} answers ${embedding.length} numbers a text; PLAZA_EMBEDDINGS_DIMENSIONS is ${dimensions}.`,
      );
    vectors[index] = Float32Array.from(embedding);
  }
  return vectors;
}

/** `Retry-After` in seconds, if the server says so. */
function waitOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** Without a cause: what `fetch` throws may hold the request. */
function failureOf({ url }: EndpointSettings, response: Response | Error): Error {
  if (!(response instanceof Response)) return new Error(`${hostOf(url)} was not reached: ${response.name}.`);
  const message = `${hostOf(url)} answered ${response.status} to a request for embeddings.`;
  return OF_TEXTS.has(response.status) ? new EmbeddingRefused(message) : new Error(message);
}

/** An address may carry a password. */
function hostOf(url: string): string {
  return new URL(url).host;
}
