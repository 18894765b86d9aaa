import { memberJoined, memberPasswordReset, memberTotpChanged } from '@plaza/identity/events';
import type { Context, EventEnvelope, MemberId, Money } from '@plaza/kernel';
import {
  evidenceAdded,
  GUEST_ACCESS,
  licenseIssued,
  offerMoved,
  orderContested,
  orderLinkRequested,
  orderMoved,
  orderPlaced,
  orderRefunded,
  paybackAddressAsked,
  returnMoved,
} from '@plaza/orders/events';
import {
  debtWrittenOff,
  holdReleased,
  paybackAddressMissing,
  payoutAccountChanged,
  payoutCanceled,
  payoutFailed,
  payoutPaid,
} from '@plaza/payments/events';
import { type Reaction, reaction, reactionToMany, signAccess, type Transaction } from '@plaza/runtime';
import type { z } from 'zod';
import type { Values } from './domain/template.ts';
import { type Deps, type Message, type News, notify, type Recipient } from './operations/notify.ts';
import { reviewReactions } from './review-reactions.ts';
import { savedSearchReactions } from './saved-search-reactions.ts';
import { subscriptionReactions } from './subscription-reactions.ts';

type Call = { readonly event: EventEnvelope<unknown>; readonly context: Context; readonly tx: Transaction };
type Buyer = {
  buyerMemberId: Extract<Recipient, { memberId: unknown }>['memberId'] | null;
  orderId: string;
  email: string | null;
  locale: string;
};

/** How long the link in a guest's mail opens their order: past any return. Each later mail about it has a new one. */
const LINK_DAYS = 90;

/** Who is told what when something happened. The words are in `templates/`; a marketplace may have its own. */
export function createReactions(deps: Deps): readonly Reaction[] {
  const tell = ({ event, context, tx }: Call, message: Message) =>
    notify(deps, { tx, context }, [{ eventId: event.id, message }]);

  return [
    reaction(memberJoined, (call) =>
      tell(call, { template: 'welcome', topic: 'security', to: { memberId: call.event.data.memberId }, path: '' }),
    ),
    reaction(memberPasswordReset, (call) =>
      tell(call, {
        template: 'password-changed',
        topic: 'security',
        to: { memberId: call.event.data.memberId },
        path: '/account/security',
      }),
    ),
    reaction(memberTotpChanged, (call) =>
      tell(call, {
        template: call.event.data.isEnabled ? 'two-step-enabled' : 'two-step-disabled',
        topic: 'security',
        to: { memberId: call.event.data.memberId },
        path: '/account/security',
      }),
    ),
    reactionToMany(orderPlaced, (call) =>
      notify(
        deps,
        call,
        call.events.flatMap((event) => placedNews(event, call.tx.marketplaceId)),
      ),
    ),
    reaction(orderLinkRequested, (call) => {
      const { number, ...buyer } = call.event.data;
      return tellBuyer(call, buyer, { template: 'order-link', values: { number } });
    }),
    reaction(orderMoved, async (call) => {
      const { orderId, number, storeName, sellerMemberId, state, by, details, ...buyer } = call.event.data;
      const tracking = [details.carrier, details.trackingNumber].filter(Boolean).join(' ');
      const values = { number, storeName, tracking, reason: details.reason ?? '' };
      await tellOthers(call, by, { ...buyer, orderId, sellerMemberId }, state, values);
    }),
    reaction(evidenceAdded, async (call) => {
      const { orderId, number, storeName, sellerMemberId, by, ...buyer } = call.event.data;
      await tellOthers(call, by, { ...buyer, orderId, sellerMemberId }, 'evidence', { number, storeName });
    }),
    reaction(returnMoved, async (call) => {
      const { orderId, number, storeName, sellerMemberId, returnState, by, details, ...buyer } = call.event.data;
      const tracking = [details.carrier, details.trackingNumber].filter(Boolean).join(' ');
      const values = { number, storeName, tracking, reason: details.reason ?? '' };
      await tellOthers(call, by, { ...buyer, orderId, sellerMemberId }, `return-${returnState}`, values);
    }),
    reaction(orderContested, (call) => {
      const { orderId, number, storeName, sellerMemberId, claim, amount, reason } = call.event.data;
      return tell(call, {
        template: `sale-claim-${claim}`,
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: `/studio/orders/${orderId}`,
        amount,
        values: { number, storeName, reason: reason.replaceAll('_', ' ') },
      });
    }),
    reaction(debtWrittenOff, (call) =>
      tellOfMoney(
        call,
        'debt-written-off',
        { memberId: call.event.data.sellerMemberId, amount: call.event.data.amount },
        { reason: call.event.data.reason },
      ),
    ),
    reaction(paybackAddressAsked, (call) => {
      const { paymentId, owed, number, ...buyer } = call.event.data;
      const path = `/pay/coin/${paymentId}`;
      const message = { template: 'payback-address', amount: owed, values: { number } };
      return tellBuyer(call, buyer, message, path, path);
    }),
    reaction(paybackAddressMissing, async (call) => {
      const { paymentId, orderId, payerMemberId: memberId, owed: amount } = call.event.data;
      // Of an order, its buyer is told by its number.
      if (orderId !== null || memberId === null) return;
      const path = `/pay/coin/${paymentId}`;
      await tell(call, {
        template: 'payback-address',
        topic: 'payments',
        to: { memberId },
        path,
        amount,
        values: { number: '' },
      });
    }),
    reaction(orderRefunded, (call) => {
      const { orderId, number, storeName, refunded, ...buyer } = call.event.data;
      const message = { template: 'order-refunded', amount: refunded, values: { number, storeName } };
      return tellBuyer(call, { ...buyer, orderId }, message);
    }),
    reactionToMany(licenseIssued, (call) =>
      notify(
        deps,
        call,
        call.events.flatMap(({ id: eventId, data: { number, ...buyer } }) =>
          newsForBuyer(
            call.tx.marketplaceId,
            eventId,
            buyer,
            { template: 'license-issued', values: { number } },
            '/account/library',
          ),
        ),
      ),
    ),
    reaction(offerMoved, (call) => {
      const { buyerMemberId, sellerMemberId, action, by, title, price } = call.event.data;
      const message = { template: `offer-${action}`, topic: 'offers', amount: price, values: { title } } as const;
      const toSeller = by === 'buyer';
      const memberId = toSeller ? sellerMemberId : buyerMemberId;
      return tell(call, { ...message, to: { memberId }, path: toSeller ? '/studio/offers' : '/account/offers' });
    }),
    ...savedSearchReactions(tell),
    ...reviewReactions(tell),
    ...subscriptionReactions(deps.platform.marketplaces, tell),
    reaction(holdReleased, (call) => {
      const { credited, sellerMemberId } = call.event.data;
      return tellOfMoney(call, 'earnings-released', { memberId: sellerMemberId, amount: credited });
    }),
    reaction(payoutPaid, (call) => tellOfMoney(call, 'payout-paid', call.event.data)),
    reaction(payoutFailed, (call) =>
      tellOfMoney(call, 'payout-failed', call.event.data, { reason: call.event.data.failureReason }),
    ),
    reaction(payoutCanceled, async (call) => {
      // Whoever took it back knows. Codes are ours; an operator's reason is a sentence.
      const { reason } = call.event.data;
      if (reason === 'canceled_by_owner') return;
      await tellOfMoney(call, 'payout-canceled', call.event.data, reason === 'account_changed' ? {} : { reason });
    }),
    reaction(payoutAccountChanged, (call) => {
      const { memberId, ownerKind, bankName, last4, isChange, usableTime } = call.event.data;
      const time = `${usableTime.slice(0, 16).replace('T', ' ')} UTC`;
      return tell(call, {
        template: isChange ? 'payout-account-changed' : 'payout-account-set',
        topic: 'security',
        to: { memberId },
        path: pathOfMoney(ownerKind),
        values: { bank: bankName, ending: last4, time },
      });
    }),
  ];

  /** The buyer is told of the order, and each seller of their part of it. */
  function placedNews(
    { id: eventId, data }: EventEnvelope<z.output<(typeof orderPlaced)['data']>>,
    marketplaceId: string,
  ): News[] {
    const { orderId, number, total, groups, isDue, ...buyer } = data;
    const how = isDue ? 'placed-due' : 'placed';
    const bought = { template: `order-${how}`, amount: total, values: { number } };
    const sold = groups.map(({ groupId, sellerMemberId, storeName, total: amount }) => ({
      // Two stores of one seller are two pieces of news.
      eventId: `${eventId}:${groupId}`,
      message: {
        template: `sale-${how}`,
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: `/studio/orders/${orderId}`,
        amount,
        values: { number, storeName },
      } as const,
    }));
    return [...newsForBuyer(marketplaceId, eventId, { ...buyer, orderId }, bought), ...sold];
  }

  /** Both sides of an order, but not who did it: nobody is told what they did themselves. */
  async function tellOthers(
    call: Call,
    by: string,
    { sellerMemberId, ...buyer }: Buyer & { readonly sellerMemberId: MemberId },
    what: string,
    values: Values,
  ): Promise<void> {
    if (by !== 'buyer') await tellBuyer(call, buyer, { template: `order-${what}`, values });
    if (by !== 'seller')
      await tell(call, {
        template: `sale-${what}`,
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: `/studio/orders/${buyer.orderId}`,
        values,
      });
  }

  /** Whom money is owed to, about it. */
  function tellOfMoney(
    call: Call,
    template: string,
    { memberId, amount, ownerKind = 'store' }: { memberId: MemberId; amount: Money; ownerKind?: 'store' | 'member' },
    values: Values = {},
  ): Promise<void> {
    return tell(call, { template, topic: 'payments', to: { memberId }, path: pathOfMoney(ownerKind), amount, values });
  }

  function tellBuyer(
    call: Call,
    buyer: Buyer,
    message: Omit<Message, 'to' | 'topic' | 'path'>,
    ...paths: [path?: string, guestPath?: string]
  ): Promise<void> {
    return notify(deps, call, newsForBuyer(call.tx.marketplaceId, call.event.id, buyer, message, ...paths));
  }

  /**
   * For a buyer with an account, at `path` (the order, unless given); or for a guest by the address of the order, with a link
   * that opens it on any device, unless there is a page for anybody who has its address. Its token is in the fragment:
   * browsers send that to no server, and to nobody as referrer.
   */
  function newsForBuyer(
    marketplaceId: string,
    eventId: string,
    { buyerMemberId: memberId, orderId, email, locale }: Buyer,
    message: Omit<Message, 'to' | 'topic' | 'path'>,
    path = `/account/orders/${orderId}`,
    guestPath?: string,
  ): News[] {
    const topic = 'orders';
    if (memberId !== null) return [{ eventId, message: { ...message, topic, to: { memberId }, path } }];
    if (email === null) return [];
    const { signingKey, clock } = deps.platform;
    const access = { purpose: GUEST_ACCESS, marketplaceId, subject: orderId };
    const token = signAccess(access, new Date(clock().getTime() + LINK_DAYS * 86_400_000), signingKey);
    const to = { email, locale, name: email };
    return [{ eventId, message: { ...message, topic, to, path: guestPath ?? `/order-access/${orderId}#${token}` } }];
  }
}

/** The page that shows a store's balance, or a member's own money. */
function pathOfMoney(ownerKind: 'store' | 'member'): string {
  return ownerKind === 'store' ? '/studio/balance' : '/account/wallet';
}
