import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { newId } from '@plaza/kernel';
import { Stripe } from 'stripe';
import { StripeCards } from './stripe-cards-server.ts';

/** How a request to the server goes wrong. `lost…`: the answer never comes. `…After`: what was asked for has happened. */
export type Trouble = 'error' | 'errorAfter' | 'lost' | 'lostAfter';

type Intent = {
  id: string;
  amount: number;
  currency: string;
  status: string;
  metadata: Record<string, string>;
  failure: { code: string; decline_code: string } | null;
  actionUrl: string | null;
  refundedMinor: number;
};
type Answer = { status: number; body: object };

export const SECRET_KEY = 'sk_test_plaza';
export const WEBHOOK_SECRET = 'whsec_plaza';

/** Stripe's own test payment methods (https://docs.stripe.com/testing), and what they do here. */
export const TEST_METHODS = {
  pays: 'pm_card_visa',
  declines: 'pm_card_visa_chargeDeclined',
  challenges: 'pm_card_threeDSecure2Required',
  unknown: 'pm_card_that_is_not_there',
} as const;

/**
 * As much of Stripe as the adapter speaks, with a memory, from Stripe's public API reference: Payment Intents and their
 * states, idempotency keys, refunds, signed webhooks. It can be told to fail in every way a network can.
 */
export class StripeServer implements AsyncDisposable {
  readonly intents = new Map<string, Intent>();
  readonly refunds: { id: string; payment_intent: string; amount: number; metadata: Record<string, string> }[] = [];
  /** Its balance transactions, as a test writes them; two a page. */
  readonly balance: { id: string; [name: string]: unknown }[] = [];
  /** Connected accounts, and whether Stripe pays out to them. */
  readonly connected = new Map<string, boolean>();
  readonly transfers: { id: string; destination: string; amount: number; transfer_group: string }[] = [];
  /** What is ours at Stripe, in minor units: transfers take from it. */
  balanceMinor = 1_000_000_000;
  /** Evidence as it came for disputes. */
  readonly evidence: {
    dispute: string;
    text: string | null;
    carrier: string | null;
    trackingNumber: string | null;
    isSubmitted: boolean;
  }[] = [];
  readonly cards = new StripeCards();
  /** Requests by method and path, as they came. */
  readonly requests: string[] = [];
  readonly #answers = new Map<string, { params: string; answer: Answer }>();
  readonly #troubles: { path: RegExp; trouble: Trouble; times: number }[] = [];
  readonly #late: (() => void)[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  static async start(): Promise<StripeServer> {
    const started = new StripeServer();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  /** The next requests to such a path go wrong. The SDK asks twice, so twice by default. */
  fail(path: RegExp, trouble: Trouble, times = 2): void {
    this.#troubles.push({ path, trouble, times });
  }

  /** Requests that were lost arrive after all: the network had only kept them. */
  deliverLate(): void {
    for (const request of this.#late.splice(0)) request();
  }

  /** No more trouble: what is asked from now on is answered, and there is money. */
  heal(): void {
    this.#troubles.length = 0;
    this.balanceMinor = 1_000_000_000;
  }

  /** As after the day for which Stripe keeps them. */
  forgetKeys(): void {
    this.#answers.clear();
  }

  /** What was captured and not refunded, in minor units. */
  get keptMinor(): number {
    return [...this.intents.values()]
      .filter(({ status }) => status === 'succeeded')
      .reduce((sum, { amount, refundedMinor }) => sum + amount - refundedMinor, 0);
  }

  get only(): Intent {
    const [intent] = this.intents.values();
    if (intent === undefined || this.intents.size !== 1) throw new Error(`there are ${this.intents.size} intents`);
    return intent;
  }

  /** The buyer's answer to the bank's challenge. */
  answerChallenge(intentId: string, isApproved: boolean): void {
    const intent = this.#intent(intentId);
    if (intent.status !== 'requires_action') return;
    if (isApproved) intent.status = 'succeeded';
    else {
      intent.status = 'requires_payment_method';
      intent.failure = { code: 'payment_intent_authentication_failure', decline_code: 'authentication_required' };
    }
  }

  /** A refund that the operator begins in Stripe's dashboard. */
  refundInConsole(intentId: string, amount: number): object {
    return this.#refund(intentId, amount, {});
  }

  /** A webhook as Stripe sends it, signed now or at `at`. */
  webhook(
    type: string,
    object: object,
    { id = newId('event') as string, at = new Date(), secret = WEBHOOK_SECRET } = {},
  ): Request {
    const body = JSON.stringify({
      id,
      object: 'event',
      type,
      data: { object },
      created: Math.floor(at.getTime() / 1000),
    });
    const timestamp = Math.floor(at.getTime() / 1000);
    const signature = new Stripe(SECRET_KEY).webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    return new Request('http://bazaar.localhost:3000/api/v1/webhooks/stripe', {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body,
    });
  }

  intentBody(intentId: string): object {
    const { failure, actionUrl, refundedMinor: _refunded, ...intent } = this.#intent(intentId);
    return {
      ...intent,
      object: 'payment_intent',
      amount_received: intent.status === 'succeeded' ? intent.amount : 0,
      last_payment_error: failure === null ? null : { type: 'card_error', message: 'declined', ...failure },
      next_action:
        intent.status === 'requires_action' ? { type: 'redirect_to_url', redirect_to_url: { url: actionUrl } } : null,
      latest_charge:
        intent.status === 'succeeded'
          ? { id: `ch_${intent.id}`, payment_method_details: { card: { brand: 'visa', last4: '4242' } } }
          : null,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams } = new URL(request.url ?? '', this.url);
    const params =
      request.method === 'GET' ? searchParams : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    this.requests.push(`${request.method} ${path}`);
    const act = () => this.#once(request, path, params);
    const trouble = this.#troubleAt(path);
    if (trouble === 'lost') return void this.#late.push(act);
    if (trouble === 'error') return send(response, { status: 500, body: { error: { type: 'api_error' } } });
    const answer = act();
    if (trouble === 'lostAfter') return;
    send(response, trouble === 'errorAfter' ? { status: 500, body: { error: { type: 'api_error' } } } : answer);
  }

  #troubleAt(path: string): Trouble | undefined {
    const found = this.#troubles.find((each) => each.times > 0 && each.path.test(path));
    if (found === undefined) return undefined;
    found.times--;
    return found.trouble;
  }

  /** The first answer to an idempotency key is the answer to all; the same key for something else is refused. */
  #once(request: IncomingMessage, path: string, params: URLSearchParams): Answer {
    if (request.headers.authorization !== `Bearer ${SECRET_KEY}`) return refused(401, 'api_key_invalid');
    const key = request.headers['idempotency-key'];
    const same = `${path}?${params}`;
    const before = typeof key === 'string' && request.method === 'POST' ? this.#answers.get(key) : undefined;
    if (before !== undefined) {
      if (before.params === same) return before.answer;
      return { status: 400, body: { error: { type: 'idempotency_error', message: 'key reused' } } };
    }
    const answer = this.#handle(request.method ?? 'GET', path, params);
    if (typeof key === 'string' && request.method === 'POST') this.#answers.set(key, { params: same, answer });
    return answer;
  }

  #handle(method: string, path: string, params: URLSearchParams): Answer {
    const metadata = Object.fromEntries(
      [...params].flatMap(([name, value]) => {
        const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
        return key === undefined ? [] : [[key, value]];
      }),
    );
    if (path === '/v1/balance_transactions') {
      const from = 1 + this.balance.findIndex(({ id }) => id === params.get('starting_after'));
      const data = this.balance.slice(from, from + 2);
      return { status: 200, body: { object: 'list', data, has_more: from + 2 < this.balance.length, url: path } };
    }
    if (method === 'POST' && path === '/v1/payment_intents') {
      const id = `pi_${this.intents.size + 1}`;
      const [amount, currency] = [Number(params.get('amount')), params.get('currency') ?? ''];
      const status = 'requires_payment_method';
      this.intents.set(id, {
        id,
        amount,
        currency,
        status,
        metadata,
        failure: null,
        actionUrl: null,
        refundedMinor: 0,
      });
      return { status: 200, body: this.intentBody(id) };
    }
    if (method === 'POST' && path === '/v1/refunds') {
      const intent = this.#intent(params.get('payment_intent') ?? '');
      const amount = Number(params.get('amount'));
      if (intent.refundedMinor + amount > intent.amount) return refused(400, 'charge_already_refunded');
      return { status: 200, body: this.#refund(intent.id, amount, metadata) };
    }
    const connected = /^\/v1\/accounts\/(acct_\w+)$/.exec(path)?.[1];
    if (connected !== undefined) {
      const isReady = this.connected.get(connected);
      if (isReady === undefined) return refused(403, 'account_invalid');
      return { status: 200, body: { id: connected, object: 'account', payouts_enabled: isReady } };
    }
    if (path === '/v1/transfers') return method === 'POST' ? this.#transfer(params) : this.#transfersOf(params);
    const [, dispute] = /^\/v1\/disputes\/(du_\d+)$/.exec(path) ?? [];
    if (method === 'POST' && dispute !== undefined) {
      this.evidence.push({
        dispute,
        text: params.get('evidence[uncategorized_text]'),
        carrier: params.get('evidence[shipping_carrier]'),
        trackingNumber: params.get('evidence[shipping_tracking_number]'),
        isSubmitted: params.get('submit') === 'true',
      });
      return { status: 200, body: { id: dispute, object: 'dispute', status: 'under_review' } };
    }
    const card = this.cards.handle(method, path, params, metadata);
    if (card !== undefined) return card;
    const [, id = '', verb = ''] = /^\/v1\/payment_intents\/(pi_\d+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (!this.intents.has(id)) return refused(404, 'resource_missing');
    if (method === 'POST') {
      const refusal = this.#change(this.#intent(id), verb, params);
      if (refusal !== undefined) return refusal;
    }
    return { status: 200, body: this.intentBody(id) };
  }

  #change(intent: Intent, verb: string, params: URLSearchParams): Answer | undefined {
    const unexpected = refused(400, 'payment_intent_unexpected_state');
    if (verb === 'cancel') {
      if (['succeeded', 'processing', 'canceled'].includes(intent.status)) return unexpected;
      intent.status = 'canceled';
      return undefined;
    }
    if (verb === 'capture') {
      if (intent.status !== 'requires_capture') return unexpected;
      intent.status = 'succeeded';
      return undefined;
    }
    if (intent.status !== 'requires_payment_method') return unexpected;
    // What Stripe's own form seals is confirmed with, and does, as the payment method of the same name.
    const sealed = params.get('confirmation_token')?.replace('ctoken_', 'pm_');
    switch (sealed ?? params.get('payment_method')) {
      case TEST_METHODS.pays:
        intent.status = 'succeeded';
        return undefined;
      case TEST_METHODS.challenges:
        if (params.get('off_session') === 'true') {
          intent.failure = { code: 'authentication_required', decline_code: 'authentication_required' };
          return { status: 402, body: { error: { type: 'card_error', message: 'declined', ...intent.failure } } };
        }
        intent.status = 'requires_action';
        intent.actionUrl = `https://hooks.stripe.com/3d_secure_2/hosted?intent=${intent.id}&return=${params.get('return_url')}`;
        return undefined;
      case TEST_METHODS.declines:
        intent.failure = { code: 'card_declined', decline_code: 'generic_decline' };
        return { status: 402, body: { error: { type: 'card_error', message: 'declined', ...intent.failure } } };
      default:
        return refused(400, 'resource_missing');
    }
  }

  #transfer(params: URLSearchParams): Answer {
    const amount = Number(params.get('amount'));
    const destination = params.get('destination') ?? '';
    if (this.connected.get(destination) === undefined) return refused(400, 'account_invalid');
    if (amount > this.balanceMinor) return refused(400, 'balance_insufficient');
    this.balanceMinor -= amount;
    const transfer = {
      id: `tr_${this.transfers.length + 1}`,
      destination,
      amount,
      transfer_group: params.get('transfer_group') ?? '',
    };
    this.transfers.push(transfer);
    return { status: 200, body: { ...transfer, object: 'transfer' } };
  }

  #transfersOf(params: URLSearchParams): Answer {
    const data = this.transfers.filter(({ transfer_group: group }) => group === params.get('transfer_group'));
    return { status: 200, body: { object: 'list', data, has_more: false } };
  }

  #refund(intentId: string, amount: number, metadata: Record<string, string>): object {
    const intent = this.#intent(intentId);
    intent.refundedMinor += amount;
    const refund = { id: `re_${this.refunds.length + 1}`, payment_intent: intentId, amount, metadata };
    this.refunds.push(refund);
    return { ...refund, object: 'refund', status: 'succeeded', currency: intent.currency };
  }

  #intent(id: string): Intent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw new Error(`there is no intent ${id}`);
    return intent;
  }
}

function refused(status: number, code: string): Answer {
  return { status, body: { error: { type: 'invalid_request_error', code, message: code } } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('event') });
  response.end(JSON.stringify(body));
}
