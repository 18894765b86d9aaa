import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { newId } from '@plaza/kernel';

type Capture = { id: string; status: string; value: string; refunded: number };
type Order = {
  id: string;
  status: string;
  customId: string;
  currency: string;
  value: string;
  returnUrl: string;
  capture: Capture | null;
};
type Answer = { status: number; body: object };

/** How a request goes wrong: not heard, or done and not told. */
export type PayPalTrouble = 'error' | 'errorAfter' | 'dropAfter';

const CLIENT = { id: 'plaza-client', secret: 'plaza-secret' };
const WEBHOOK_ID = 'WH-PLAZA';

/**
 * As much of PayPal as the adapter speaks, with a memory, from PayPal's public API reference: sign-in, Orders v2, captures,
 * refunds, request ids, and webhooks whose signature it confirms when asked.
 */
export class PayPalServer implements AsyncDisposable {
  readonly orders = new Map<string, Order>();
  readonly refunds: { id: string; captureId: string; value: string; customId: string | undefined }[] = [];
  /** Cases, by id: whether PayPal waits for the seller, and what the seller has shown. */
  readonly disputes = new Map<string, { isAwaited: boolean; evidences: object[] }>();
  /** What its transaction search answers, as a test writes it; two a page. */
  readonly transactions: object[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #troubles: { path: RegExp; trouble: PayPalTrouble }[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  /** The next captures are declined by the buyer's bank. */
  declinesCaptures = false;

  static async start(): Promise<PayPalServer> {
    const started = new PayPalServer();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  /** The environment of a Bazaar whose PayPal is here. */
  get environment(): Record<string, string> {
    return {
      PAYPAL_API_BASE: this.url,
      PLAZA_BAZAAR_PAYPAL_CLIENT_ID: CLIENT.id,
      PLAZA_BAZAAR_PAYPAL_CLIENT_SECRET: CLIENT.secret,
      PLAZA_BAZAAR_PAYPAL_WEBHOOK_ID: WEBHOOK_ID,
    };
  }

  fail(path: RegExp, trouble: PayPalTrouble): void {
    this.#troubles.push({ path, trouble });
  }

  get only(): Order {
    const [order] = this.orders.values();
    if (order === undefined || this.orders.size !== 1) throw new Error(`there are ${this.orders.size} orders`);
    return order;
  }

  /** What was captured and not refunded, in minor units of a currency with two decimals. */
  get keptMinor(): number {
    return [...this.orders.values()]
      .filter(({ capture }) => capture?.status === 'COMPLETED')
      .reduce((sum, { capture }) => sum + minorOf(capture?.value ?? '0') - (capture?.refunded ?? 0), 0);
  }

  /** The buyer agrees on PayPal's page. */
  approve(orderId: string): void {
    const order = this.#order(orderId);
    if (order.status === 'PAYER_ACTION_REQUIRED') order.status = 'APPROVED';
  }

  /** A refund that the operator begins at PayPal; answers it as a webhook tells of it. */
  refundInConsole(orderId: string, value: string): object {
    const { capture, currency } = this.#order(orderId);
    if (capture === null) throw new Error('nothing was captured');
    return this.#refund(capture, currency, value, undefined);
  }

  /** A webhook as PayPal sends it: this server signs it, and confirms it when asked. */
  webhook(
    type: string,
    resource: object,
    { at = new Date(), id = `WH-${newId('event')}`, secret = CLIENT.secret } = {},
  ): Request {
    const body = JSON.stringify({ id, event_type: type, resource });
    const transmissionTime = at.toISOString();
    return new Request('http://bazaar.localhost:3000/api/v1/webhooks/paypal', {
      method: 'POST',
      headers: {
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
        'paypal-transmission-id': id,
        'paypal-transmission-time': transmissionTime,
        'paypal-transmission-sig': signed(secret, id, transmissionTime, body),
      },
      body,
    });
  }

  orderBody(orderId: string): object {
    const { id, status, customId, capture } = this.#order(orderId);
    return {
      id,
      status,
      links:
        status === 'PAYER_ACTION_REQUIRED'
          ? [{ rel: 'payer-action', href: `https://www.paypal.com/checkoutnow?token=${id}` }]
          : [],
      purchase_units: [
        {
          custom_id: customId,
          ...(capture === null ? {} : { payments: { captures: [{ id: capture.id, status: capture.status }] } }),
        },
      ],
    };
  }

  captureBody(orderId: string): object {
    const { capture, customId, currency, value } = this.#order(orderId);
    return {
      id: capture?.id,
      status: capture?.status,
      amount: { currency_code: currency, value },
      custom_id: customId,
      supplementary_data: { related_ids: { order_id: orderId } },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { pathname: path, searchParams } = new URL(request.url ?? '', this.url);
    const found = this.#troubles.findIndex((each) => each.path.test(path));
    const trouble = found < 0 ? undefined : this.#troubles.splice(found, 1)[0]?.trouble;
    if (trouble === 'error') return send(response, { status: 503, body: {} });
    const answer = path === '/v1/reporting/transactions' ? this.#search(searchParams) : this.#once(request, path, text);
    if (trouble === 'dropAfter') return void request.socket.destroy();
    send(response, trouble === 'errorAfter' ? { status: 500, body: {} } : answer);
  }

  #once(request: IncomingMessage, path: string, text: string): Answer {
    const { authorization = '' } = request.headers;
    if (path === '/v1/oauth2/token') {
      const isRight = authorization === `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
      return isRight
        ? { status: 200, body: { access_token: 'A21AA', expires_in: 32_400 } }
        : refused(401, 'AUTHENTICATION_FAILURE');
    }
    if (authorization !== 'Bearer A21AA') return refused(401, 'AUTHENTICATION_FAILURE');
    const requestId = request.headers['paypal-request-id'];
    const known = typeof requestId === 'string' ? this.#answers.get(requestId) : undefined;
    if (known !== undefined) return known;
    const answer = this.#handle(request.method ?? 'GET', path, text);
    if (typeof requestId === 'string' && answer.status < 300) this.#answers.set(requestId, answer);
    return answer;
  }

  #handle(method: string, path: string, text: string): Answer {
    if (path === '/v1/notifications/verify-webhook-signature') return this.#verify(text);
    if (method === 'POST' && path === '/v2/checkout/orders') return this.#create(JSON.parse(text));
    const [, disputeId = '', isEvidence] =
      /^\/v1\/customer\/disputes\/([A-Z0-9-]+)(?:\/(provide-evidence))?$/.exec(path) ?? [];
    const dispute = this.disputes.get(disputeId);
    if (dispute !== undefined) return this.#dispute(dispute, isEvidence === undefined ? undefined : text);
    const [, orderId = '', verb] = /^\/v2\/checkout\/orders\/([A-Z0-9-]+)(?:\/(capture))?$/.exec(path) ?? [];
    if (this.orders.has(orderId)) {
      const refusal = verb === 'capture' ? this.#capture(this.#order(orderId)) : undefined;
      return refusal ?? { status: 200, body: this.orderBody(orderId) };
    }
    const [, captureId = '', refund] = /^\/v2\/payments\/captures\/([A-Z0-9-]+)(?:\/(refund))?$/.exec(path) ?? [];
    const order = [...this.orders.values()].find(({ capture }) => capture?.id === captureId);
    if (order === undefined || order.capture === null) return refused(404, 'RESOURCE_NOT_FOUND');
    if (refund === undefined) return { status: 200, body: this.captureBody(order.id) };
    const { amount, custom_id: customId } = JSON.parse(text) as { amount: { value: string }; custom_id?: string };
    if (order.capture.refunded + minorOf(amount.value) > minorOf(order.capture.value))
      return refused(422, 'REFUND_AMOUNT_EXCEEDED');
    return { status: 201, body: this.#refund(order.capture, order.currency, amount.value, customId) };
  }

  /** The case; with `form`, evidence comes first: one part `input`, of JSON. */
  #dispute(dispute: { isAwaited: boolean; evidences: object[] }, form?: string): Answer {
    if (form !== undefined) {
      if (!dispute.isAwaited) return refused(422, 'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE');
      const input = /name="input"[\s\S]*?application\/json\r\n\r\n([\s\S]*?)\r\n--/.exec(form)?.[1];
      if (input === undefined) return refused(400, 'INVALID_REQUEST');
      const { evidences } = JSON.parse(input) as { evidences: object[] };
      dispute.evidences.push(...evidences.map((each) => ({ ...each, source: 'SUBMITTED_BY_SELLER' })));
      dispute.isAwaited = false;
    }
    const status = dispute.isAwaited ? 'WAITING_FOR_SELLER_RESPONSE' : 'UNDER_REVIEW';
    const links = dispute.isAwaited ? [{ rel: 'self' }, { rel: 'provide-evidence' }] : [{ rel: 'self' }];
    return { status: 200, body: { status, links, evidences: dispute.evidences } };
  }

  #search(query: URLSearchParams): Answer {
    const page = Number(query.get('page'));
    const details = this.transactions.slice((page - 1) * 2, page * 2);
    const body = {
      transaction_details: details.map((info) => ({ transaction_info: info })),
      total_pages: Math.ceil(this.transactions.length / 2),
    };
    return { status: 200, body };
  }

  #create(body: {
    purchase_units: [{ custom_id: string; amount: { currency_code: string; value: string } }];
    payment_source: { paypal: { experience_context: { return_url: string } } };
  }): Answer {
    const [{ custom_id: customId, amount }] = body.purchase_units;
    const id = `ORDER${this.orders.size + 1}`;
    const { return_url: returnUrl } = body.payment_source.paypal.experience_context;
    const { currency_code: currency, value } = amount;
    this.orders.set(id, { id, status: 'PAYER_ACTION_REQUIRED', customId, currency, value, returnUrl, capture: null });
    return { status: 200, body: this.orderBody(id) };
  }

  #capture(order: Order): Answer | undefined {
    if (order.status === 'COMPLETED') return refused(422, 'ORDER_ALREADY_CAPTURED');
    if (order.status !== 'APPROVED') return refused(422, 'ORDER_NOT_APPROVED');
    if (this.declinesCaptures) return refused(422, 'INSTRUMENT_DECLINED');
    order.status = 'COMPLETED';
    order.capture = { id: `CAPTURE${order.id}`, status: 'COMPLETED', value: order.value, refunded: 0 };
    return undefined;
  }

  #refund(capture: Capture, currency: string, value: string, customId: string | undefined): object {
    capture.refunded += minorOf(value);
    const id = `REFUND${this.refunds.length + 1}`;
    this.refunds.push({ id, captureId: capture.id, value, customId });
    return {
      id,
      status: 'COMPLETED',
      amount: { currency_code: currency, value },
      ...(customId === undefined ? {} : { custom_id: customId }),
      links: [{ rel: 'up', href: `${this.url}/v2/payments/captures/${capture.id}` }],
    };
  }

  #verify(text: string): Answer {
    const asked = JSON.parse(text) as Record<string, string>;
    const body = text.slice(text.indexOf('"webhook_event":') + '"webhook_event":'.length, -1);
    const expected = signed(CLIENT.secret, asked.transmission_id ?? '', asked.transmission_time ?? '', body);
    const isGenuine = asked.webhook_id === WEBHOOK_ID && asked.transmission_sig === expected;
    return { status: 200, body: { verification_status: isGenuine ? 'SUCCESS' : 'FAILURE' } };
  }

  #order(id: string): Order {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`there is no order ${id}`);
    return order;
  }
}

function signed(secret: string, id: string, time: string, body: string): string {
  return createHmac('sha256', secret).update(`${id}|${time}|${WEBHOOK_ID}|${body}`).digest('base64');
}

function minorOf(value: string): number {
  return Math.round(Number(value) * 100);
}

function refused(status: number, issue: string): Answer {
  return { status, body: { name: issue, details: [{ issue }] } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
