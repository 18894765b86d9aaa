import { idFromUuid, invalidInput, uuidFromId, type VerificationLevel } from '@plaza/kernel';
import type { z } from 'zod';
import type { paymentsContract } from '../contract.ts';
import { paymentUuid } from '../domain/account.ts';
import { routePayment } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import type { ChargeRequest, PaymentProvider } from '../provider/provider.ts';
import { abilitiesOf } from '../provider/registry.ts';
import { WALLET } from '../provider/wallet.ts';
import { firstAskTime, type PaymentRow } from '../store/payment.ts';
import { type Dependencies, NO_PROVIDER } from './dependencies.ts';
import { savedCharge } from './use-saved-method.ts';

type Input = z.output<typeof paymentsContract.createPayment.input>;

/** A payment before anybody is asked for its money: how it is written down, and who is asked for what. */
export type PreparedCharge = {
  readonly begun: PaymentRow;
  /** The stores' parts, as the caller divides the amount. */
  readonly allocations: readonly { readonly storeId: string; readonly amountMinor: number }[] | null;
  /** The payer's verification level. */
  readonly level: VerificationLevel;
  /** Nobody when nothing is to be paid. */
  readonly provider: PaymentProvider | undefined;
  /** For what the payer's wallet does not pay. */
  readonly request: ChargeRequest;
};

/**
 * What of a payment the wallet pays, and who is asked for the rest. Its id follows from checkout and attempt, so a repeat
 * after a crash prepares the same payment.
 */
export async function prepareCharge(
  dependencies: Dependencies,
  marketplaceId: string,
  input: Input,
): Promise<PreparedCharge> {
  const { amount, method, allocations } = input;
  const walletMinor = walletPartOf(input);
  const rest = { ...amount, amountMinor: amount.amountMinor - walletMinor };
  const saved = rest.amountMinor === 0 ? undefined : await savedCharge(dependencies, marketplaceId, input);
  const provider = saved?.provider ?? providerFor(dependencies, marketplaceId, { ...input, amount: rest }, walletMinor);
  const checkoutUuid = uuidFromId(input.checkoutId);
  const begun = begunPayment({
    id: paymentUuid(checkoutUuid, input.attempt),
    purpose: input.purpose,
    checkout_id: checkoutUuid,
    attempt: input.attempt,
    amount_minor: amount.amountMinor,
    currency: amount.currency,
    tax_minor: input.taxMinor,
    wallet_minor: walletMinor,
    provider: provider?.name ?? NO_PROVIDER,
    method_kind: provider?.name === WALLET ? 'wallet' : method.kind,
    return_url: input.returnUrl,
    payer_member_id: input.payerMemberId === undefined ? null : uuidFromId(input.payerMemberId),
    created_time: dependencies.clock(),
  });
  const request: ChargeRequest = {
    marketplaceId,
    paymentId: idFromUuid('payment', begun.id),
    amount: rest,
    method: saved?.method ?? method,
    returnUrl: input.returnUrl,
    customerReference: saved?.customerReference ?? null,
    isOffSession: input.isOffSession,
  };
  return { begun, allocations: allocations ?? null, level: input.payerVerificationLevel, provider, request };
}

/** A payment as it begins: nothing of it is decided, shown or given back. */
export function begunPayment(
  asked: Pick<
    PaymentRow,
    | 'id'
    | 'purpose'
    | 'checkout_id'
    | 'attempt'
    | 'amount_minor'
    | 'currency'
    | 'tax_minor'
    | 'wallet_minor'
    | 'provider'
    | 'method_kind'
    | 'return_url'
    | 'payer_member_id'
    | 'created_time'
  >,
): PaymentRow {
  return {
    ...asked,
    order_id: null,
    state: 'created',
    refunded_minor: 0,
    wallet_refunded_minor: 0,
    waived_minor: 0,
    provider_reference: null,
    method_brand: null,
    method_last4: null,
    action_url: null,
    decline_code: null,
    captured_time: null,
    next_ask_time: firstAskTime(asked.created_time),
    version: 1,
  };
}

/** What of the amount is the wallet's to pay, in minor units. */
function walletPartOf({ amount: { amountMinor }, method, purpose, walletMinor = 0 }: Input): number {
  const part = method.kind === 'wallet' ? amountMinor : walletMinor;
  if (part > amountMinor) {
    throw invalidInput([{ pointer: '/walletMinor', code: 'too_big', detail: 'must be at most the amount' }]);
  }
  if (part > 0 && (purpose !== 'checkout' || method.kind === 'cash')) throw errors.PAYMENT_METHOD_INVALID({});
  return part;
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
