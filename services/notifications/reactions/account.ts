import { memberJoined, memberPasswordReset, memberTotpChanged } from '@plaza/identity/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Tell } from './tell.ts';

/** A member hears of what happened to their account, so that a thief's change is noticed. */
export function accountReactions(tell: Tell): Reaction[] {
  return [
    reaction(memberJoined, (call) => {
      const { memberId } = call.event.data;
      return tell(call, { template: 'welcome', topic: 'security', to: { memberId }, path: '' });
    }),
    reaction(memberPasswordReset, (call) => {
      const { memberId } = call.event.data;
      return tell(call, {
        template: 'password-changed',
        topic: 'security',
        to: { memberId },
        path: '/account/security',
      });
    }),
    reaction(memberTotpChanged, (call) => {
      const { memberId, isEnabled } = call.event.data;
      const template = isEnabled ? 'two-step-enabled' : 'two-step-disabled';
      return tell(call, { template, topic: 'security', to: { memberId }, path: '/account/security' });
    }),
  ];
}
