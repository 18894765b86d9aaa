type Answer = { status: number; body: object };

type Setup = {
  readonly id: string;
  readonly customer: string;
  readonly metadata: Record<string, string>;
  readonly method: string;
  status: string;
};

/** The part of Stripe that keeps cards: customers, Setup Intents, payment methods that are detached. */
export class StripeCards {
  readonly customers: string[] = [];
  readonly setups = new Map<string, Setup>();
  readonly detached: string[] = [];

  /** The member approves at their bank. */
  approve(setupId: string): void {
    const setup = this.setups.get(setupId);
    if (setup !== undefined) setup.status = 'succeeded';
  }

  handle(method: string, path: string, params: URLSearchParams, metadata: Record<string, string>): Answer | undefined {
    if (method === 'POST' && path === '/v1/customers') {
      const id = `cus_${this.customers.length + 1}`;
      this.customers.push(id);
      return { status: 200, body: { id, object: 'customer', metadata } };
    }
    if (method === 'POST' && path === '/v1/setup_intents') {
      const entered = params.get('confirmation_token')?.replace('ctoken_', 'pm_') ?? params.get('payment_method') ?? '';
      if (entered.includes('Declined'))
        return { status: 402, body: { error: { type: 'card_error', code: 'card_declined', message: 'declined' } } };
      const id = `seti_${this.setups.size + 1}`;
      const status = entered.includes('threeDSecure') ? 'requires_action' : 'succeeded';
      this.setups.set(id, { id, customer: params.get('customer') ?? '', metadata, method: entered, status });
      return { status: 200, body: this.#body(id) };
    }
    const [, setupId = ''] = /^\/v1\/setup_intents\/(seti_\d+)$/.exec(path) ?? [];
    if (this.setups.has(setupId)) return { status: 200, body: this.#body(setupId) };
    const [, methodId] = /^\/v1\/payment_methods\/(\w+)\/detach$/.exec(path) ?? [];
    if (methodId === undefined) return undefined;
    this.detached.push(methodId);
    return { status: 200, body: { id: methodId, object: 'payment_method' } };
  }

  #body(id: string): object {
    const { method, ...setup } = this.setups.get(id) as Setup;
    const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034 };
    return {
      ...setup,
      object: 'setup_intent',
      payment_method: { id: method, object: 'payment_method', card },
      next_action:
        setup.status === 'requires_action'
          ? { type: 'redirect_to_url', redirect_to_url: { url: `https://hooks.stripe.com/setup/${id}` } }
          : null,
    };
  }
}
