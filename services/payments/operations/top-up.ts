import { type Handler, idFromUuid, invalidInput, newId, requireMember, uuidFromId } from '@plaza/kernel';
import { inSteps, type Platform, sql } from '@plaza/runtime';
import { PaymentKind, paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { findPaymentByRequest, insertPayment, paymentFrom } from '../store/payment.ts';
import { listLeftTopUps } from '../store/payment-list.ts';
import { lockWallet } from '../store/wallet.ts';
import { levelOf } from './access.ts';
import { giveUp } from './change-payment.ts';
import { chargeRemotely } from './charge-remotely.ts';
import type { Dependencies } from './dependencies.ts';
import { begunPayment, routed } from './prepare-charge.ts';
import { savedCharge } from './use-saved-method.ts';
import { requireWithinLimits, walletSettings } from './wallet-part.ts';

/** How long a member may take on the provider's page before a top-up is given up. */
const GIVEN_UP_MINUTES = 60;

/** Top-ups given up in one run; the rest waits for the next. */
const GIVEN_UP_MAX = 100;

/**
 * Puts money into the caller's wallet. It is written down before the provider is asked, whichever that is, with the
 * limits counted under the wallet's lock: so it counts against them from then on, and a repeat goes on with it.
 */
export function topUpWallet(
  dependencies: Dependencies & Pick<Platform, 'publicUrl'>,
): Handler<typeof paymentsContract.topUpWallet> {
  const { database, marketplaces, clock, publicUrl } = dependencies;
  return inSteps(database, paymentsContract.topUpWallet, async ({ input, context }) => {
    const { marketplaceId, locale, idempotencyKey } = context;
    const { amount } = input;
    const settings = walletSettings(marketplaces, marketplaceId, amount.currency);
    if (amount.amountMinor < settings.topUp.minimumMinor) {
      const detail = `must be at least ${settings.topUp.minimumMinor}`;
      throw invalidInput([{ pointer: '/amount/amountMinor', code: 'too_small', detail }]);
    }
    const { memberId } = requireMember(context);
    const payer = uuidFromId(memberId);
    const method = methodOf(dependencies, marketplaceId, input.payment);
    const { methodId } = input.payment;
    const saved = await savedCharge(dependencies, marketplaceId, { method, payerMemberId: memberId });
    const provider = saved?.provider ?? routed(dependencies, marketplaceId, { method, methodId, amount });
    const now = clock();
    const fresh = begunPayment({
      id: uuidFromId(newId('payment')),
      purpose: 'top-up',
      checkout_id: null,
      attempt: 1,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      tax_minor: 0,
      wallet_minor: 0,
      provider: provider.name,
      method_kind: method.kind,
      return_url: `${publicUrl(marketplaceId)}/${locale}/account/wallet`,
      payer_member_id: payer,
      created_time: now,
    });
    const begun = await database.transaction(marketplaceId, async (tx) => {
      const { state } = await lockWallet(tx, payer, now);
      const first =
        idempotencyKey === undefined ? undefined : await findPaymentByRequest(tx, marketplaceId, payer, idempotencyKey);
      if (first !== undefined) return first;
      if (state === 'frozen') throw errors.WALLET_FROZEN({});
      const names = ['topUpPerDay', 'balance'] as const;
      await requireWithinLimits(dependencies, tx, { memberId: payer, level: levelOf(context), names, ...amount });
      await insertPayment(tx, fresh, null, sql`false`, idempotencyKey ?? null);
      return fresh;
    });
    const paymentId = idFromUuid('payment', begun.id);
    const request = {
      marketplaceId,
      paymentId,
      amount,
      method: saved?.method ?? method,
      returnUrl: begun.return_url,
      customerReference: saved?.customerReference ?? null,
      isOffSession: false,
    };
    return paymentFrom(await chargeRemotely(dependencies, provider, request, begun));
  });
}

/** Gives up top-ups whose member did not come back from the provider's page. Money that comes later is theirs all the same. */
export function giveUpTopUps(dependencies: Dependencies) {
  return async ({ marketplaceId }: { readonly marketplaceId: string }): Promise<void> => {
    const before = new Date(dependencies.clock().getTime() - GIVEN_UP_MINUTES * 60_000);
    const queries = dependencies.database.read(marketplaceId);
    for (const payment of await listLeftTopUps(queries, marketplaceId, before, GIVEN_UP_MAX)) {
      try {
        await giveUp(dependencies, marketplaceId, payment);
      } catch (error) {
        dependencies.log.error(
          { err: error, paymentId: payment.id },
          'a top-up could not be given up; it is tried again',
        );
      }
    }
  };
}

/** The chosen way to pay. @throws PAYMENT_METHOD_INVALID for a card without token, and for paying a wallet from a wallet */
function methodOf(
  { marketplaces }: Pick<Dependencies, 'marketplaces'>,
  marketplaceId: string,
  { methodId, token }: { readonly methodId: string; readonly token?: string | undefined },
) {
  const setting = marketplaces.get(marketplaceId).paymentMethods.find(({ id }) => id === methodId);
  const kind = PaymentKind.safeParse(setting?.kind).data;
  if (kind === undefined || kind === 'wallet' || (kind === 'card' && token === undefined)) {
    throw errors.PAYMENT_METHOD_INVALID({});
  }
  return kind === 'card' ? { kind, token: token ?? '' } : { kind };
}
