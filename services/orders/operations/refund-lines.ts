import { type Handlers, invalidInput } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { isBackOnShelf, paidLeftMinor } from '../domain/money-path.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from '../domain/order.ts';
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
      const group = await lockGroup(tx, tx.marketplaceId, input.groupId);
      // Read under the lock: what became of the group before it is on its timeline.
      const order = await openOrder(tx, input.orderId, context);
      const parties = group === undefined || group.orderId !== order.id ? [] : partiesOf(context, order, group);
      const party = parties.find((each) => each === 'seller' || each === 'operator');
      if (group === undefined || party === undefined) throw errors.ORDER_NOT_FOUND({});
      if (input.lines.length === 0 && !input.includesShipping)
        throw invalidInput([{ pointer: '/lines', code: 'required', detail: 'name a line, or the shipping' }]);
      await requireRefundable(dependencies, tx, order, group, input.lines);
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

/** Refuses what was not paid for yet, or never will be, and lines of a sale that was undone, with all of it back on the shelf. */
async function requireRefundable(
  { processes }: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  group: GroupRecord,
  lines: readonly { readonly lineId: string }[],
): Promise<void> {
  const process = await processes.version(tx, tx.marketplaceId, group.processName, group.processVersion);
  // A locked group comes without its timeline.
  const { timeline } = order.groups.find(({ id }) => id === group.id) ?? group;
  const refundableMinor = paidLeftMinor({ ...group, timeline }, process);
  if (refundableMinor < leftMinor(group)) throw errors.REFUND_TOO_LARGE({ refundableMinor });
  const [line] = lines;
  if (line !== undefined && isBackOnShelf({ timeline }, process))
    throw errors.LINE_REFUNDED({ lineId: line.lineId, leftQuantity: 0 });
}
