import { asService, type Context, Fault, type Id, invariant } from '@plaza/kernel';
import type { Queries, Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { unitsLeft } from '../domain/line-refund.ts';
import type { GroupRecord } from '../domain/order.ts';
import { type EffectRecord, markEffectDone, putOffEffect, undoneEffects } from '../store/effect.ts';
import { findGroup } from '../store/group.ts';
import { revokeLicenses } from '../store/license.ts';
import { listLineRefunds } from '../store/line-refund.ts';

/**
 * Does what a group's changes have set off, in their order, each safe to repeat: called right after the change, and by
 * the timer for what a killed process or a refusing service left. One that fails is put off, and those after it wait.
 */
export async function runEffects(
  dependencies: SellingDependencies,
  groupId: Id<'shipmentGroup'>,
  context: Context,
): Promise<void> {
  const { database, clock, log } = dependencies;
  const { marketplaceId } = context;
  const queries = database.read(marketplaceId);
  for (const effect of await undoneEffects(queries, marketplaceId, groupId)) {
    try {
      await run(dependencies, effect, asService('orders', context));
      await markEffectDone(queries, marketplaceId, effect.id);
    } catch (error) {
      await putOffEffect(queries, marketplaceId, effect.id, clock());
      log.warn({ err: error, groupId, kind: effect.kind }, 'what an order sets off was refused; it is tried again');
      return;
    }
  }
}

/** Runs a group's effects as soon as the transaction has committed; what fails is left to the timer. */
export function runEffectsSoon(
  dependencies: SellingDependencies,
  tx: Transaction,
  groupId: Id<'shipmentGroup'>,
  context: Context,
): void {
  tx.afterCommit(() => {
    runEffects(dependencies, groupId, context).catch((error) =>
      dependencies.log.warn({ err: error, groupId }, 'effects were left to the timer'),
    );
  });
}

async function run(
  dependencies: SellingDependencies,
  { groupId, kind, input }: EffectRecord,
  context: Context,
): Promise<void> {
  const { payments, catalog, database } = dependencies;
  const queries = database.read(context.marketplaceId);
  switch (kind) {
    case 'release':
      // All of it may have been refunded in parts before; then nothing is left to release.
      return void (await payments.releaseHold({ groupId }, context).catch(passIf('HOLD_CLOSED')));
    case 'refund': {
      invariant(input.refundId !== undefined && input.amountMinor !== undefined, 'a refund has an id and an amount');
      const refund = {
        refundId: input.refundId,
        groupId,
        amountMinor: input.amountMinor,
        reason: input.reason ?? '',
        ...(input.parts === undefined ? {} : { parts: input.parts }),
        ...(input.to === undefined ? {} : { to: input.to }),
      };
      await payments.refundGroup(refund, context).catch(async (error: unknown) => {
        if (!(error instanceof Fault)) throw error;
        // Our own id with another amount: we were here before, below.
        if (error.code === 'REFUND_ID_REUSED') return;
        if (error.code !== 'REFUND_EXCEEDS_PAID') throw error;
        // Some of it went back from the provider's console meanwhile: the buyer gets the rest, and all of it only once.
        const { refundableMinor } = error.data as { refundableMinor: number };
        if (refundableMinor > 0) await payments.refundGroup({ ...refund, amountMinor: refundableMinor }, context);
      });
      return;
    }
    case 'restock': {
      const group = await findGroup(queries, context.marketplaceId, groupId);
      invariant(group !== undefined, `a group with effects is gone: ${groupId}`);
      const lines = (input.lines ?? (await linesLeft(queries, context.marketplaceId, group))).map(
        ({ variantId, quantity }) => ({ variantId, quantity }),
      );
      if (lines.length === 0) return;
      const restockId = input.restockId ?? groupId;
      await catalog.restock({ orderId: group.orderId, lines, restockId }, context);
      return;
    }
    case 'collect': {
      const { proof } = input;
      await payments.collectCash({ groupId, ...(proof === undefined ? {} : { proof }) }, context);
      return;
    }
    case 'waive':
    case 'refuse':
      await payments.waiveCash({ groupId, isRefused: kind === 'refuse' }, context);
      return;
    case 'revokeLicense':
      return revokeLicenses(queries, context.marketplaceId, groupId);
    default:
      kind satisfies never;
  }
}

/** What of a group was not given back by line: of that it was decided then whether it goes back to stock. */
async function linesLeft(queries: Queries, marketplaceId: string, group: GroupRecord) {
  const left = unitsLeft(group.quote, await listLineRefunds(queries, marketplaceId, group.id));
  return group.quote.lines
    .map(({ lineId, variantId }) => ({ variantId, quantity: left.get(lineId) ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

function passIf(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Fault) || error.code !== code) throw error;
  };
}
