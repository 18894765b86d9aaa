import { type Context, type Handlers, type Id, newId } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { type Order, orderOperations } from '../contract/order.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { paidLeftMinor } from '../domain/money-path.ts';
import type { OrderRecord } from '../domain/order.ts';
import { take } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { addEffects } from '../store/effect.ts';
import { lockGroup } from '../store/group.ts';
import { bookPartRefund } from './book-part-refund.ts';
import { type Entered, moveGroupBy, refundTarget } from './move-group.ts';
import { openOrder, partiesOf, viewOrder } from './open-order.ts';
import { runEffectsSoon } from './run-effects.ts';

type Input = Entered & { readonly orderId: Id<'order'>; readonly groupId?: Id<'shipmentGroup'> | undefined };

/** The actions under paths of their own: for each the process's words for it, the first that fits is taken. */
const NAMED = {
  cancelOrder: ['cancel'],
  shipOrder: ['ship', 'handOver'],
  deliverOrder: ['deliver'],
  confirmReceipt: ['confirm', 'accept'],
} as const;

/** Everything that moves an order. What is set off is written with the move and done right after it. */
export function orderActions(
  dependencies: SellingDependencies,
): Pick<Handlers<typeof orderOperations>, 'takeOrderAction' | 'refundOrder' | keyof typeof NAMED> {
  const { database } = dependencies;
  const named = (operation: keyof typeof NAMED) =>
    inTransaction(database, orderOperations[operation], async ({ input, context, tx }) =>
      act(dependencies, tx, input, NAMED[operation], context),
    );
  return {
    takeOrderAction: inTransaction(database, orderOperations.takeOrderAction, async ({ input, context, tx }) =>
      act(dependencies, tx, input, [input.action], context),
    ),
    cancelOrder: named('cancelOrder'),
    shipOrder: named('shipOrder'),
    deliverOrder: named('deliverOrder'),
    confirmReceipt: named('confirmReceipt'),
    refundOrder: inTransaction(database, orderOperations.refundOrder, async ({ input, context, tx }) => {
      const order = await openOrder(tx, input.orderId, context);
      const group = await lockGroup(tx, context.marketplaceId, input.groupId);
      const parties = group === undefined || group.orderId !== order.id ? [] : partiesOf(context, order, group);
      const party = parties.find((each) => each === 'seller' || each === 'operator');
      if (group === undefined || party === undefined) throw errors.ORDER_NOT_FOUND({});
      const process = await dependencies.processes.version(
        tx,
        tx.marketplaceId,
        group.processName,
        group.processVersion,
      );
      // A locked group comes without its timeline, which says whether what is paid at the door was paid.
      const { timeline } = order.groups.find(({ id }) => id === group.id) ?? group;
      const refundableMinor = paidLeftMinor({ ...group, timeline }, process);
      const { amountMinor, reason } = input;
      const to = refundTarget(dependencies, tx, order, input.refundTo);
      if (amountMinor > refundableMinor) throw errors.REFUND_TOO_LARGE({ refundableMinor });
      const time = dependencies.clock();
      const memberId = context.actor.kind === 'member' ? context.actor.memberId : null;
      await bookPartRefund(tx, order, group, { amountMinor, reason, party, memberId, time });
      const effect = { kind: 'refund', input: { refundId: newId('refund'), amountMinor, reason, ...to } } as const;
      await addEffects(tx, tx.marketplaceId, group.id, [effect], time);
      const details = { reason, amountMinor: String(amountMinor) };
      if (party === 'operator')
        await tx.audit({ action: 'order.refund', subject: order.id, actor: context.actor, details });
      return answer(dependencies, tx, order, [group.id], context);
    }),
  };
}

async function act(
  dependencies: SellingDependencies,
  tx: Transaction,
  input: Input,
  actions: readonly string[],
  context: Context,
): Promise<Order> {
  const order = await openOrder(tx, input.orderId, context);
  const own = order.groups.filter(
    (group) =>
      (input.groupId === undefined || group.id === input.groupId) && partiesOf(context, order, group).length > 0,
  );
  if (own.length === 0) throw errors.ORDER_NOT_FOUND({});
  const chosen = await Promise.all(
    own.map(async (group) => ({ group, action: await firstAllowed(dependencies, tx, order, group, actions, context) })),
  );
  const able = chosen.filter(({ action }) => action !== undefined);
  // Without a group named, all of the caller's that can are moved; when none can, the first says why.
  const moves = able.length > 0 ? able : chosen.slice(0, 1);
  for (const { group, action } of moves) {
    await moveGroupBy(
      dependencies,
      tx,
      order,
      {
        groupId: group.id,
        action: action ?? (actions[0] as string),
        entered: input,
        parties: partiesOf(context, order, group),
      },
      context,
    );
  }
  return answer(
    dependencies,
    tx,
    order,
    moves.map(({ group }) => group.id),
    context,
  );
}

async function firstAllowed(
  { processes }: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  group: OrderRecord['groups'][number],
  actions: readonly string[],
  context: Context,
): Promise<string | undefined> {
  const process = await processes.version(tx, tx.marketplaceId, group.processName, group.processVersion);
  const parties = partiesOf(context, order, group);
  return actions.find((action) => parties.some((party) => take(process, group.state, action, party) !== undefined));
}

/** The order as it is now. Its effects run once the transaction has committed. */
async function answer(
  dependencies: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  groupIds: readonly Id<'shipmentGroup'>[],
  context: Context,
): Promise<Order> {
  for (const groupId of groupIds) runEffectsSoon(dependencies, tx, groupId, context);
  return viewOrder(dependencies, tx, await openOrder(tx, order.id, context), context);
}
