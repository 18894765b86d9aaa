import { type Handlers, invalidInput } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { errors } from '../errors.ts';
import { lockGroup } from '../store/group.ts';
import { giveBackLines } from './give-back-lines.ts';
import { openOrder, partiesOf, viewOrder } from './open-order.ts';
import { runEffectsSoon } from './run-effects.ts';

/** A seller or an operator gives units of lines back, without a return. */
export function refundLines(dependencies: SellingDependencies): Pick<Handlers<typeof returnOperations>, 'refundLines'> {
  const { database, clock } = dependencies;
  return {
    refundLines: inTransaction(database, returnOperations.refundLines, async ({ input, context, tx }) => {
      const order = await openOrder(tx, input.orderId, context);
      const group = await lockGroup(tx, tx.marketplaceId, input.groupId);
      const parties = group === undefined || group.orderId !== order.id ? [] : partiesOf(context, order, group);
      const party = parties.find((each) => each === 'seller' || each === 'operator');
      if (group === undefined || party === undefined) throw errors.ORDER_NOT_FOUND({});
      if (input.lines.length === 0 && !input.includesShipping)
        throw invalidInput([{ pointer: '/lines', code: 'required', detail: 'name a line, or the shipping' }]);
      const { lines, includesShipping, reason } = input;
      const memberId = context.actor.kind === 'member' ? context.actor.memberId : null;
      const given = { lines, includesShipping, reason, party, memberId, time: clock() };
      const { amountMinor } = await giveBackLines(tx, order, group, given);
      if (party === 'operator') {
        const details = { reason, amountMinor: String(amountMinor) };
        await tx.audit({ action: 'order.refund', subject: order.id, actor: context.actor, details });
      }
      runEffectsSoon(dependencies, tx, group.id, context);
      return viewOrder(dependencies, tx, await openOrder(tx, order.id, context), context);
    }),
  };
}
