'use server';

import type { Currency } from '@plaza/kernel';
import { refundReason } from '@plaza/payments/contract';
import { revalidatePath } from 'next/cache';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { textIn } from '../format.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** Asks the provider once more for a refund, and says how it went. */
export async function retryRefund(
  lang: string,
  refundId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const { state, failureReason } = await client.payments.retryRefund({ refundId }, keyOf(form));
    revalidatePath('/', 'layout');
    const reason = textIn(refundReason(failureReason ?? 'unknown'), lang);
    if (state === 'failed') return { error: t('failedRefund.failed', { reason }), code: state };
    return { notice: t(state === 'succeeded' ? 'failedRefund.succeeded' : 'failedRefund.pending') };
  });
}

/** Notes that a refund was sent another way. */
export async function settleRefundByHand(
  lang: string,
  refundId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', (client) =>
    client.payments.settleRefundByHand(
      { refundId, reference: text(form, 'reference') ?? '', note: text(form, 'note') ?? '' },
      keyOf(form),
    ),
  );
}

/** Gives up what a store owes, or a part of it. */
export async function writeOffDebt(
  lang: string,
  { storeId, currency }: { storeId: string; currency: Currency },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const amount = typedMoneyOf(form, 'amount', currency);
  if (amount === undefined) return mistake(t, form, 'amount');
  return act(lang, form, 'order.done', (client) =>
    client.payments.writeOffDebt({ storeId, amount, reason: text(form, 'reason') ?? '' }, keyOf(form)),
  );
}

/** Sends the bank what speaks for the sale, or notes what was sent. */
export async function submitChargebackEvidence(
  lang: string,
  chargebackId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async (client) => {
    const [carrier, trackingNumber] = [text(form, 'carrier'), text(form, 'trackingNumber')];
    await client.payments.submitChargebackEvidence(
      {
        chargebackId,
        text: text(form, 'text') ?? '',
        carrier,
        trackingNumber,
      },
      keyOf(form),
    );
  });
}

/** Decides who bears a chargeback. */
export async function ruleChargeback(
  lang: string,
  chargebackId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async (client) => {
    const bearer = text(form, 'bearer') === 'platform' ? 'platform' : 'seller';
    await client.payments.ruleChargeback({ chargebackId, bearer, reason: text(form, 'reason') ?? '' }, keyOf(form));
  });
}

/** The simulated bank takes a payment back. */
export async function openSimulatedChargeback(
  lang: string,
  orderId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'chargeback.simulated', (client) =>
    client.payments.openSimulatedChargeback({ orderId }, keyOf(form)),
  );
}

/** The simulated bank decides. */
export async function decideSimulatedChargeback(
  lang: string,
  chargebackId: string,
  outcome: 'won' | 'lost',
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'chargeback.simulated', (client) =>
    client.payments.decideSimulatedChargeback({ chargebackId, outcome }, keyOf(form)),
  );
}
