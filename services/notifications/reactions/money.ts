import type { MemberId, Money } from '@plaza/kernel';
import {
  debtWrittenOff,
  holdReleased,
  paybackAddressMissing,
  payoutAccountChanged,
  payoutCanceled,
  payoutFailed,
  payoutPaid,
} from '@plaza/payments/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Values } from '../domain/template.ts';
import type { Call, Tell } from './tell.ts';

type OwnerKind = 'store' | 'member';
type Owed = { readonly memberId: MemberId; readonly amount: Money; readonly ownerKind?: OwnerKind };

/** Sellers and members are told of money that is theirs, and of where it goes. */
export function moneyReactions(tell: Tell): Reaction[] {
  const tellOwner = (call: Call, template: string, { memberId, amount, ownerKind = 'store' }: Owed, values?: Values) =>
    tell(call, {
      template,
      topic: 'payments',
      to: { memberId },
      path: pageOf(ownerKind),
      amount,
      values: values ?? {},
    });

  return [
    reaction(holdReleased, (call) => {
      const { credited: amount, sellerMemberId: memberId } = call.event.data;
      return tellOwner(call, 'earnings-released', { memberId, amount });
    }),
    reaction(debtWrittenOff, (call) => {
      const { sellerMemberId: memberId, amount, reason } = call.event.data;
      return tellOwner(call, 'debt-written-off', { memberId, amount }, { reason });
    }),
    reaction(payoutPaid, (call) => tellOwner(call, 'payout-paid', call.event.data)),
    reaction(payoutFailed, (call) => {
      const { failureReason: reason } = call.event.data;
      return tellOwner(call, 'payout-failed', call.event.data, { reason });
    }),
    reaction(payoutCanceled, async (call) => {
      // Whoever took it back knows. Codes are ours; an operator's reason is a sentence.
      const { reason } = call.event.data;
      if (reason === 'canceled_by_owner') return;
      await tellOwner(call, 'payout-canceled', call.event.data, reason === 'account_changed' ? {} : { reason });
    }),
    reaction(payoutAccountChanged, (call) => {
      const { memberId, ownerKind, bankName: bank, last4: ending, isChange, usableTime } = call.event.data;
      const time = `${usableTime.slice(0, 16).replace('T', ' ')} UTC`;
      return tell(call, {
        template: isChange ? 'payout-account-changed' : 'payout-account-set',
        topic: 'security',
        to: { memberId },
        path: pageOf(ownerKind),
        values: { bank, ending, time },
      });
    }),
    reaction(paybackAddressMissing, async (call) => {
      const { paymentId, orderId, payerMemberId: memberId, owed: amount } = call.event.data;
      // Of an order, its buyer is told by its number.
      if (orderId !== null || memberId === null) return;
      await tell(call, {
        template: 'payback-address',
        topic: 'payments',
        to: { memberId },
        path: `/pay/coin/${paymentId}`,
        amount,
        values: { number: '' },
      });
    }),
  ];
}

/** The page that shows a store's balance, or a member's own money. */
function pageOf(ownerKind: OwnerKind): string {
  return ownerKind === 'store' ? '/studio/balance' : '/account/wallet';
}
