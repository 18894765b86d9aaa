import { z } from 'zod';
import { ProviderUnavailable } from './provider.ts';

/** One request may take this long. PayPal is asked three times at most for one call of ours: token, request, order. */
const TIMEOUT_MS = 8_000;

/** A token is renewed this long before it ends. */
const TOKEN_MARGIN_SECONDS = 60;

const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const Problem = z.object({
  name: z.string().default('ERROR'),
  details: z.array(z.object({ issue: z.string() })).default([]),
});

/** PayPal read the request and said no. `issue` is PayPal's word for why. */
export class PayPalRefusal extends Error {
  override readonly name = 'PayPalRefusal';
  readonly issue: string;

  constructor(issue: string) {
    super(`PayPal refused: ${issue}`);
    this.issue = issue;
  }
}

/** Why PayPal refused, in its own word; anything else is thrown on. */
export function issueOf(error: unknown): string {
  if (!(error instanceof PayPalRefusal)) throw error;
  return error.issue;
}

export type PayPalAccount = { readonly base: string; readonly clientId: string; readonly clientSecret: string };

/**
 * PayPal's REST API for one account: signs in, keeps the token while it is good, and tells a refusal (PayPalRefusal) from
 * no answer (ProviderUnavailable).
 */
export class PayPalClient {
  readonly #account: PayPalAccount;
  readonly #clock: () => Date;
  #token: { readonly text: string; readonly untilMs: number } | undefined;

  constructor(account: PayPalAccount, clock: () => Date) {
    this.#account = account;
    this.#clock = clock;
  }

  /** `requestId`: PayPal answers a repeat under the same id as it answered the first. */
  async post(path: string, body: object, requestId?: string): Promise<unknown> {
    return this.#send('POST', path, JSON.stringify(body), requestId);
  }

  /** The body as it is, for what is signed byte by byte. */
  async postText(path: string, body: string): Promise<unknown> {
    return this.#send('POST', path, body);
  }

  /** A form with files, as evidence is sent. */
  async postForm(path: string, form: FormData, requestId: string): Promise<unknown> {
    return this.#send('POST', path, form, requestId);
  }

  async get(path: string): Promise<unknown> {
    return this.#send('GET', path);
  }

  async #send(method: string, path: string, body?: string | FormData, requestId?: string): Promise<unknown> {
    const token = await this.#signIn();
    const response = await this.#fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        // The form says where its parts begin.
        ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        prefer: 'return=representation',
        ...(requestId === undefined ? {} : { 'paypal-request-id': requestId }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer = await bodyOf(response);
    if (response.ok) return answer;
    if (response.status === 401) this.#token = undefined;
    const isRefusal = [400, 403, 404, 409, 422].includes(response.status);
    if (!isRefusal) throw new ProviderUnavailable(`PayPal answered ${response.status}`);
    const { name, details } = Problem.catch({ name: 'ERROR', details: [] }).parse(answer);
    throw new PayPalRefusal(details[0]?.issue ?? name);
  }

  async #signIn(): Promise<string> {
    const nowMs = this.#clock().getTime();
    if (this.#token !== undefined && this.#token.untilMs > nowMs) return this.#token.text;
    const { clientId, clientSecret } = this.#account;
    const response = await this.#fetch('/v1/oauth2/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    if (!response.ok) throw new ProviderUnavailable(`PayPal's sign-in answered ${response.status}`);
    const token = Token.parse(await bodyOf(response));
    this.#token = { text: token.access_token, untilMs: nowMs + (token.expires_in - TOKEN_MARGIN_SECONDS) * 1000 };
    return token.access_token;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#account.base}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw new ProviderUnavailable('PayPal did not answer', { cause: error });
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new ProviderUnavailable('PayPal broke off its answer', { cause: error });
  }
}

/** PayPal with a marketplace's own account. */
export type PayPalClients = (marketplaceId: string) => PayPalClient;
