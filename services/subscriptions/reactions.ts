import { asService, defineEvent, idSchema, uuidFromId } from '@plaza/kernel';
import { paymentCaptured, paymentDisputed, paymentFailed, savedMethodsChanged } from '@plaza/payments/events';
import { absorbing, type Reaction, reaction } from '@plaza/runtime';
import { z } from 'zod';
import { charge, write } from './operations/charge.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { followDispute } from './operations/dispute.ts';
import { listDeclinedOf } from './store/invoice.ts';
import { saveStoreOwner } from './store/owner.ts';

/** What this service needs of the catalog's store events. The catalog stands above, so its definitions are not imported. */
const StoreOwner = z.object({ storeId: idSchema('store'), ownerMemberId: idSchema('member'), name: z.string() });
const storeEvents = [
  defineEvent({ type: 'store.created', summary: 'A store was opened.', data: StoreOwner }),
  defineEvent({ type: 'store.updated', summary: 'A store changed.', data: StoreOwner }),
] as const;

/** Learns whose a store is, hears how payments went, however late, and tries a new card at once. */
export function createReactions(dependencies: Dependencies): readonly Reaction[] {
  const { database, payments } = dependencies;
  return [
    ...storeEvents.map((event) =>
      reaction(event, ({ event: { data }, tx }) =>
        saveStoreOwner(tx, {
          id: uuidFromId(data.storeId),
          memberId: uuidFromId(data.ownerMemberId),
          name: data.name,
        }),
      ),
    ),
    // What is written is compared with how the invoice stands, so hearing it twice changes nothing.
    ...[paymentCaptured, paymentFailed].map((event) =>
      absorbing(event, async ({ events, context }) => {
        for (const { data } of events) {
          if (data.purpose !== 'subscription' || data.checkoutId === null) continue;
          const payment = await payments.getPayment({ paymentId: data.paymentId }, asService('subscriptions', context));
          await write(dependencies, context, uuidFromId(data.checkoutId), payment);
        }
      }),
    ),
    reaction(paymentDisputed, async ({ event: { data }, tx }) => {
      if (data.purpose !== 'subscription' || data.checkoutId === null) return;
      const { chargebackId, checkoutId, state } = data;
      await followDispute(dependencies, tx, { chargebackId, invoiceId: checkoutId, state });
    }),
    absorbing(savedMethodsChanged, async ({ events, context }) => {
      for (const { data } of events) {
        if (!data.hasDefault) continue;
        const { marketplaceId } = context;
        const queries = database.read(marketplaceId);
        for (const id of await listDeclinedOf(queries, marketplaceId, uuidFromId(data.memberId)))
          await charge(dependencies, context, id);
      }
    }),
  ];
}
