import { bankReason } from '@plaza/payments/contract';
import { paymentDisputed } from '@plaza/payments/events';
import { type Reaction, reaction } from '@plaza/runtime';
import { type Dependencies, notify } from '../operations/notify.ts';
import { adminsOf } from '../operations/people.ts';

/** Who runs a marketplace hears of what a bank asks of them: to show evidence in time, and to say who bears what it gave back. */
export function chargebackReactions(dependencies: Dependencies): Reaction[] {
  return [
    reaction(paymentDisputed, async (call) => {
      const { chargebackId, state, disputed: amount, reason, evidenceDueTime } = call.event.data;
      // Turned down, the money is back and nothing is left to do.
      if (state === 'won') return;
      const isDue = state === 'opened' && evidenceDueTime !== null;
      const message = {
        template: isDue ? 'chargeback-due' : `chargeback-${state}`,
        topic: 'payments',
        path: `/admin/chargebacks/${chargebackId}`,
        amount,
        texts: { reason: bankReason(reason) },
        ...(isDue ? { dates: { date: evidenceDueTime } } : {}),
      } as const;
      const admins = await adminsOf(dependencies.identity, call.context);
      const news = admins.map((memberId) => ({ eventId: call.event.id, message: { ...message, to: { memberId } } }));
      await notify(dependencies, call, news);
    }),
  ];
}
