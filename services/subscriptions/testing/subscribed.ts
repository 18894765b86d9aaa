import type { Client, Context, MemberId } from '@plaza/kernel';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { type Binding, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { subscriptionsContract } from '../contract.ts';
import { subscriptionsService } from '../index.ts';

/** Subscriptions and payments on a database of their own, in TemuHash: plans with trials and a metered price. */
export type SubscribedHost = AsyncDisposable & {
  readonly host: TestHost;
  readonly subscriptions: Client<typeof subscriptionsContract>;
  readonly payments: Client<typeof paymentsContract>;
  /** A new member with a saved card, who may own a plan. */
  member(token?: string): Promise<{ context: Context; ownerKind: 'member'; ownerId: MemberId }>;
  /** Lets days pass, each with the work of the clock and all news delivered. */
  pass(days: number): Promise<void>;
  service(): Context;
};

export const MARKETPLACE = 'temuhash';

export async function startSubscribed(options: { binding?: Binding } = {}): Promise<SubscribedHost> {
  const host = await startTestHost([paymentsService, subscriptionsService], options);
  const payments = host.client<typeof paymentsContract>('payments');
  const subscribed: SubscribedHost = {
    host,
    payments,
    subscriptions: host.client<typeof subscriptionsContract>('subscriptions'),
    async member(token = 'pm_card_visa') {
      const context = host.context({ marketplaceId: MARKETPLACE });
      await payments.saveMethod({ token }, context);
      if (context.actor.kind !== 'member') throw new Error('a member');
      return { context, ownerKind: 'member', ownerId: context.actor.memberId };
    },
    async pass(days) {
      for (let day = 0; day < days; day++) {
        host.advance({ days: 1 });
        await host.runTimers(MARKETPLACE);
        await host.deliver();
      }
    },
    service: () => host.service({ marketplaceId: MARKETPLACE }),
    [Symbol.asyncDispose]: () => host.close(),
  };
  return subscribed;
}
