import { type Handlers, type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { collectPostings } from '../domain/cash.ts';
import { type CashProblem, cashProblem } from '../domain/cash-offer.ts';
import { grossMinor } from '../domain/shares.ts';
import { errors } from '../errors.ts';
import { cashCollected } from '../events.ts';
import {
  findCashStore,
  insertRefusal,
  markCollected,
  markWaived,
  readCashFacts,
  saveCashStore,
} from '../store/cash.ts';
import { type HoldRow, holdFrom, lockHold, sharesLeft } from '../store/hold.ts';
import { lockPayment, settleDuePayment } from '../store/payment.ts';
import { requireStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';

type CashOnDelivery = Pick<
  Handlers<typeof paymentsContract>,
  'getCashOnDelivery' | 'setCashOnDelivery' | 'checkCashOffer' | 'collectCash' | 'waiveCash'
>;

/** Who may be paid at the door, and what became of it there (decision 0024). */
export function cashOnDelivery(dependencies: Dependencies): CashOnDelivery {
  const { database, clock } = dependencies;
  const shown = (marketplaceId: string, storeId: Id<'store'>, accepts: boolean) => {
    const method = cashMethod(dependencies, marketplaceId);
    const collector =
      method === undefined ? undefined : dependencies.providers.get(method.provider)?.abilities.collector;
    return { storeId, isOffered: method !== undefined, accepts, collector: collector ?? null };
  };
  return {
    async getCashOnDelivery({ input: { storeId }, context }) {
      const queries = database.read(context.marketplaceId);
      await requireStore(queries, context, storeId);
      const accepts = await findCashStore(queries, context.marketplaceId, uuidFromId(storeId));
      return shown(context.marketplaceId, storeId, accepts);
    },
    setCashOnDelivery: inTransaction(database, paymentsContract.setCashOnDelivery, async ({ input, context, tx }) => {
      const { storeId, accepts } = input;
      await requireStore(tx, context, storeId);
      await saveCashStore(tx, uuidFromId(storeId), accepts, clock());
      await tx.audit({
        action: 'store.cash_on_delivery',
        subject: storeId,
        actor: context.actor,
        details: { accepts: String(accepts) },
      });
      return shown(context.marketplaceId, storeId, accepts);
    }),
    async checkCashOffer({ input, context: { marketplaceId } }) {
      const method = cashMethod(dependencies, marketplaceId);
      if (method === undefined) return { methodId: null, problem: null };
      return { methodId: method.id, problem: (await problemOf(dependencies, marketplaceId, input)) ?? null };
    },
    collectCash: ({ input, context: { marketplaceId } }) =>
      database.transaction(marketplaceId, async (tx) =>
        holdFrom(await collect(dependencies, tx, uuidFromId(input.groupId), input.proof ?? null)),
      ),
    waiveCash: ({ input, context: { marketplaceId } }) =>
      database.transaction(marketplaceId, async (tx) =>
        holdFrom(await waive(dependencies, tx, uuidFromId(input.groupId), input.isRefused)),
      ),
  };
}

/** Refuses a payment at the door that is not offered. @throws CASH_NOT_OFFERED */
export async function requireCashOffered(
  dependencies: Dependencies,
  marketplaceId: string,
  input: {
    readonly amount: { readonly amountMinor: number; readonly currency: Wanted['currency'] };
    readonly payerMemberId?: Id<'member'> | undefined;
    readonly allocations?: readonly { readonly storeId: Id<'store'> }[] | undefined;
  },
): Promise<void> {
  const problem = await problemOf(dependencies, marketplaceId, {
    ...input.amount,
    memberId: input.payerMemberId ?? null,
    storeIds: (input.allocations ?? []).map(({ storeId }) => storeId),
  });
  if (problem !== undefined) throw errors.CASH_NOT_OFFERED({ problem });
}

type Wanted = Parameters<CashOnDelivery['checkCashOffer']>[0]['input'];

async function problemOf(
  { database, marketplaces, clock, ...dependencies }: Dependencies,
  marketplaceId: string,
  { amountMinor, currency, storeIds, memberId }: Wanted,
): Promise<CashProblem | undefined> {
  const rules = cashMethod({ ...dependencies, marketplaces }, marketplaceId)?.cash;
  if (rules === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  const facts = await readCashFacts(database.read(marketplaceId), marketplaceId, {
    memberId: memberId === null ? null : uuidFromId(memberId),
    storeIds: storeIds.map(uuidFromId),
    currency,
    refusedSince: new Date(clock().getTime() - rules.refusedDays * 86_400_000),
    owedMaxMinor: rules.owedMaxMinor ?? null,
  });
  return cashProblem(rules, { ...facts, isMember: memberId !== null, amountMinor });
}

function cashMethod({ marketplaces }: Pick<Dependencies, 'marketplaces'>, marketplaceId: string) {
  return marketplaces.get(marketplaceId).paymentMethods.find(({ kind }) => kind === 'cash');
}

async function collect(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  groupId: string,
  proof: string | null,
): Promise<HoldRow> {
  const hold = await lockHold(tx, groupId);
  if (hold.collected_minor !== null) return hold;
  if (hold.state !== 'due' || hold.collector === null) throw errors.HOLD_CLOSED({ state: hold.state });
  const payment = await lockPayment(tx, hold.payment_id);
  const shares = sharesLeft(hold);
  const time = clock();
  if (grossMinor(shares) > 0)
    await ledger.post(tx, {
      key: `collect:${hold.group_id}`,
      kind: 'cash_collected',
      subject: { paymentId: hold.payment_id, orderId: hold.order_id, groupId: hold.group_id },
      currency: hold.currency,
      postings: collectPostings(hold.store_id, shares, hold.collector),
      time,
    });
  const collected = await markCollected(tx, hold.group_id, { amountMinor: shares.buyerMinor, proof, time });
  await settleDuePayment(tx, payment, { waivedMinor: 0, collectedTime: time });
  const ids = { groupId: idFromUuid('shipmentGroup', hold.group_id), orderId: idFromUuid('order', hold.order_id) };
  await tx.announce(cashCollected, ids.groupId, {
    ...ids,
    paymentId: idFromUuid('payment', hold.payment_id),
    storeId: idFromUuid('store', hold.store_id),
    collector: hold.collector,
    collected: { amountMinor: shares.buyerMinor, currency: hold.currency },
  });
  return collected;
}

async function waive({ clock }: Dependencies, tx: Transaction, groupId: string, isRefused: boolean): Promise<HoldRow> {
  const hold = await lockHold(tx, groupId);
  if (hold.state === 'waived') return hold;
  if (hold.state !== 'due') throw errors.HOLD_CLOSED({ state: hold.state });
  const payment = await lockPayment(tx, hold.payment_id);
  const waived = await markWaived(tx, hold.group_id);
  await settleDuePayment(tx, payment, { waivedMinor: hold.total_minor, collectedTime: null });
  if (isRefused && payment.payer_member_id !== null)
    await insertRefusal(tx, hold.group_id, payment.payer_member_id, clock());
  return waived;
}
