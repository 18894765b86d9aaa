import { type Handler, idFromUuid, invalidInput, invariant, uuidFromId } from '@plaza/kernel';
import { sql, type Transaction } from '@plaza/runtime';
import type { z } from 'zod';
import type { paymentsContract } from '../contract.ts';
import { paymentUuid } from '../domain/account.ts';
import { routePayment } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import type { ChargeRequest, PaymentProvider } from '../provider/provider.ts';
import { abilitiesOf } from '../provider/registry.ts';
import { WALLET } from '../provider/wallet.ts';
import { type HeldOrder, holdingOf, isHeldByAnother } from '../store/hold.ts';
import {
  findPayment,
  findPaymentOfCheckout,
  firstAskTime,
  insertDecidedPayment,
  insertPayment,
  isThere,
  type PaymentRow,
  paymentFrom,
} from '../store/payment.ts';
import { postingOf } from '../store/posting.ts';
import { requireCashOffered } from './cash.ts';
import { chargeRemotely } from './charge-remotely.ts';
import { type Dependencies, NO_PROVIDER } from './dependencies.ts';
import { announceOutcome, captureOf } from './follow-provider.ts';
import { sharesOfGroups } from './hold-for-order.ts';
import { payFromWallet, reserveWalletPart } from './pay-from-wallet.ts';
import { savedCharge } from './use-saved-method.ts';

/**
 * Asks the provider that the payment is routed to, then writes its answer, the capture's transfer (into the escrow of its
 * order, when that is named) and the announcement in one transaction. The payment's id follows from checkout and attempt,
 * so a repeat after a crash in between asks for the same payment. A provider across a network is asked by
 * charge-remotely.ts, which writes before it asks; so is any provider for the rest of a payment that a wallet pays a part
 * of (pay-from-wallet.ts), which is kept back there first.
 */
export function createPayment(dependencies: Dependencies): Handler<typeof paymentsContract.createPayment> {
  const { database, ledger, clock } = dependencies;
  return async ({ input, context: { marketplaceId } }) => {
    const { amount, method, allocations } = input;
    if (allocations !== undefined && sumOf(allocations) !== amount.amountMinor) {
      throw invalidInput([{ pointer: '/allocations', code: 'sum', detail: 'must sum to the amount' }]);
    }
    const order = input.order && heldOrderOf(input.order, amount.amountMinor);
    const checkoutUuid = uuidFromId(input.checkoutId);
    if (input.attempt > 1) {
      // An earlier try may have been captured late: money that is here is not asked for again.
      const earlier = await findPaymentOfCheckout(database.read(marketplaceId), marketplaceId, checkoutUuid);
      if (earlier?.state === 'captured' || earlier?.state === 'due') return paymentFrom(earlier);
    }
    const paymentId = idFromUuid('payment', paymentUuid(checkoutUuid, input.attempt));
    const walletMinor = walletPartOf(input);
    if (walletMinor > 0 && (input.purpose !== 'checkout' || method.kind === 'cash'))
      throw errors.PAYMENT_METHOD_INVALID({});
    const rest = { ...amount, amountMinor: amount.amountMinor - walletMinor };
    const saved = rest.amountMinor === 0 ? undefined : await savedCharge(dependencies, marketplaceId, input);
    const provider =
      saved?.provider ?? providerFor(dependencies, marketplaceId, { ...input, amount: rest }, walletMinor);
    const now = clock();
    const begun: PaymentRow = {
      id: uuidFromId(paymentId),
      purpose: input.purpose,
      checkout_id: checkoutUuid,
      attempt: input.attempt,
      order_id: null,
      state: 'created',
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      tax_minor: input.taxMinor,
      wallet_minor: walletMinor,
      refunded_minor: 0,
      wallet_refunded_minor: 0,
      waived_minor: 0,
      provider: provider?.name ?? NO_PROVIDER,
      provider_reference: null,
      method_kind: provider?.name === WALLET ? 'wallet' : method.kind,
      method_brand: null,
      method_last4: null,
      action_url: null,
      return_url: input.returnUrl,
      decline_code: null,
      payer_member_id: input.payerMemberId === undefined ? null : uuidFromId(input.payerMemberId),
      created_time: now,
      captured_time: null,
      next_ask_time: firstAskTime(now),
      version: 1,
    };
    const request: ChargeRequest = {
      marketplaceId,
      paymentId,
      amount: rest,
      method: saved?.method ?? method,
      returnUrl: input.returnUrl,
      customerReference: saved?.customerReference ?? null,
      isOffSession: input.isOffSession,
    };
    const level = input.payerVerificationLevel;
    if (provider?.name === WALLET) {
      return paymentFrom(
        await payFromWallet(dependencies, marketplaceId, { begun, level, allocations: allocations ?? null }),
      );
    }
    if (provider?.abilities.isRemote || walletMinor > 0) {
      const begin =
        walletMinor > 0
          ? reserveWalletPart(dependencies, { begun, level, allocations: allocations ?? null })
          : async (tx: Transaction): Promise<PaymentRow> => {
              const isNew = await insertPayment(tx, begun, allocations ?? null, sql`false`);
              return isNew ? begun : requireThere(await findPayment(tx, marketplaceId, begun.id));
            };
      invariant(provider !== undefined, 'what a wallet leaves to pay is routed to a provider');
      const first = await database.transaction(marketplaceId, begin);
      return paymentFrom(await chargeRemotely(dependencies, provider, request, first));
    }

    if (provider?.abilities.collector !== undefined) await requireCashOffered(dependencies, marketplaceId, input);
    const charge = await provider?.create(request);
    const outcome =
      provider === undefined || charge === undefined
        ? ({ state: 'captured' } as const)
        : (charge.outcome ?? (await provider.confirm(request, charge.reference)));
    invariant(outcome.state !== 'approved', 'a provider of our own decides when it is asked');
    const isOpen = outcome.state === 'requires_action' || outcome.state === 'pending';
    const payment: PaymentRow = {
      ...begun,
      state: outcome.state,
      provider_reference: charge?.reference ?? '',
      method_brand: charge?.method.brand ?? null,
      method_last4: charge?.method.last4 ?? null,
      action_url: outcome.state === 'requires_action' ? outcome.actionUrl : null,
      decline_code: outcome.state === 'declined' ? outcome.declineCode : null,
      captured_time: outcome.state === 'captured' ? now : null,
      next_ask_time: isOpen ? begun.next_ask_time : null,
    };
    const write = (heldFor?: HeldOrder): Promise<PaymentRow> =>
      database.transaction(marketplaceId, async (tx) => {
        const written = { ...payment, order_id: heldFor?.orderId ?? null };
        const capture = captureOf(written, heldFor?.groups);
        if (capture !== undefined) await ledger.openIn(tx, capture.currency, capture.postings);
        const posting = capture === undefined ? sql`false` : postingOf(marketplaceId, capture);
        const holding = heldFor && holdingOf(marketplaceId, heldFor, now);
        await insertDecidedPayment(tx.last, marketplaceId, written, allocations ?? null, { posting, holding });
        await announceOutcome(tx, written);
        return written;
      });
    const written = await write(payment.state === 'captured' ? order : undefined).catch(async (error: unknown) => {
      if (isThere(error))
        return requireThere(await findPayment(database.read(marketplaceId), marketplaceId, payment.id));
      // The order has the money of another attempt: this one is written, and its checkout gives it back.
      if (isHeldByAnother(error)) return write();
      throw error;
    });
    return paymentFrom(written);
  };
}

type Input = z.output<typeof paymentsContract.createPayment.input>;

/** What is held for an order must be what is paid. */
function heldOrderOf({ orderId, groups }: NonNullable<Input['order']>, amountMinor: number): HeldOrder {
  sharesOfGroups(groups);
  const sumMinor = groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  if (sumMinor !== amountMinor) throw errors.HOLD_MISMATCH({ expectedMinor: amountMinor, actualMinor: sumMinor });
  return { orderId: uuidFromId(orderId), groups };
}

/** What of the amount is the wallet's to pay, in minor units. */
function walletPartOf({ amount: { amountMinor }, method, walletMinor = 0 }: Input): number {
  if (method.kind === 'wallet') return amountMinor;
  if (walletMinor <= amountMinor) return walletMinor;
  throw invalidInput([{ pointer: '/walletMinor', code: 'too_big', detail: 'must be at most the amount' }]);
}

/** Who carries out the rest of a payment, `amount`; our own wallet when it pays all, and nobody when nothing is to be paid. */
function providerFor(
  dependencies: Dependencies,
  marketplaceId: string,
  input: Input,
  walletMinor: number,
): PaymentProvider | undefined {
  if (input.amount.amountMinor > 0) return routed(dependencies, marketplaceId, input);
  return walletMinor > 0 ? dependencies.providers.get(WALLET) : undefined;
}

/** Who carries the payment out. @throws PAYMENT_METHOD_INVALID when the marketplace offers no such way for this amount */
export function routed(
  { marketplaces, providers }: Dependencies,
  marketplaceId: string,
  {
    method: { kind },
    methodId,
    amount,
    purpose,
  }: Pick<Input, 'method' | 'methodId' | 'amount'> & Partial<Pick<Input, 'purpose'>>,
): PaymentProvider {
  const { paymentMethods } = marketplaces.get(marketplaceId);
  const name = routePayment(paymentMethods, abilitiesOf(providers), { methodId, kind, amount });
  const provider = name === undefined ? undefined : providers.get(name);
  const isForOrders = provider?.abilities.collector !== undefined;
  if (provider === undefined || (isForOrders && purpose !== 'checkout')) throw errors.PAYMENT_METHOD_INVALID({});
  return provider;
}

function requireThere(payment: PaymentRow | undefined): PaymentRow {
  if (payment === undefined) throw errors.PAYMENT_NOT_FOUND({});
  return payment;
}

function sumOf(allocations: readonly { readonly amountMinor: number }[]): number {
  return allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
