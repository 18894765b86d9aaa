import type { LocalizedText, MemberId } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { type Reaction, reaction } from '@plaza/runtime';
import {
  subscriptionInvoiceFailed,
  subscriptionInvoicePaid,
  subscriptionMoved,
  subscriptionTrialEnding,
} from '@plaza/subscriptions/events';
import type { Message } from '../domain/message.ts';
import type { Call, Tell } from './tell.ts';

/** What the member who pays a plan is told of it. */
export function subscriptionReactions(marketplaces: Marketplaces, tell: Tell): Reaction[] {
  const about = (
    { tx }: Call,
    facts: { ownerKind: 'store' | 'member'; payerMemberId: MemberId; planId: string },
  ): Pick<Message, 'topic' | 'to' | 'path' | 'texts'> => ({
    topic: 'payments',
    to: { memberId: facts.payerMemberId },
    path: facts.ownerKind === 'store' ? '/studio/plan' : '/account',
    texts: { title: nameOf(marketplaces, tx.marketplaceId, facts.planId) },
  });
  return [
    reaction(subscriptionMoved, (call) => {
      const { happened, periodEndTime, ...facts } = call.event.data;
      return tell(call, { ...about(call, facts), template: `plan-${happened}`, dates: { date: periodEndTime } });
    }),
    reaction(subscriptionTrialEnding, (call) => {
      const { trialEndTime, ...facts } = call.event.data;
      return tell(call, { ...about(call, facts), template: 'plan-trial-ending', dates: { date: trialEndTime } });
    }),
    reaction(subscriptionInvoicePaid, (call) => {
      const { number, total: amount, ...facts } = call.event.data;
      return tell(call, { ...about(call, facts), template: 'plan-paid', amount, values: { number } });
    }),
    reaction(subscriptionInvoiceFailed, (call) => {
      const { number, total: amount, actionUrl, graceEndTime, ...facts } = call.event.data;
      const template = actionUrl === null ? 'plan-declined' : 'plan-approval';
      const dates = graceEndTime === null ? {} : { date: graceEndTime };
      return tell(call, { ...about(call, facts), template, amount, values: { number }, dates });
    }),
  ];
}

function nameOf(marketplaces: Marketplaces, marketplaceId: string, planId: string): LocalizedText {
  return marketplaces.get(marketplaceId).plans.plans.find(({ id }) => id === planId)?.name ?? { en: planId };
}
