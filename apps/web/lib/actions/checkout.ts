'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { addressOf } from '../address.ts';
import { orUndefined, visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { chosen } from '../form-values.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';
import { chosenPayment, inOwnLanguage } from '../pay.ts';
import { taxDetailsOf } from '../tax-details.ts';

/** E-mail, address and shipping choices of a checkout. */
export async function saveDelivery(
  lang: string,
  checkoutId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const shipping = [...form.keys()]
      .filter((name) => name.startsWith('shipping.'))
      .map((name) => {
        const storeId = name.slice('shipping.'.length);
        const safePointId = text(form, `safePoint.${storeId}`);
        return {
          storeId,
          optionId: String(form.get(name)),
          safePointId,
        };
      });
    await client.orders.updateCheckout({
      checkoutId,
      email: text(form, 'email'),
      ...(form.has('address.line1') ? { address: addressOf(form, 'address.') } : {}),
      ...(shipping.length === 0 ? {} : { shipping }),
      ...(form.has('invoiceDetails.name') ? { invoiceDetails: invoiceDetailsOf(form) } : {}),
      note: text(form, 'note'),
    });
    revalidatePath(paths.checkout(lang, checkoutId));
    return {};
  });
}

/** Whom the invoices are made out to; without a name a receipt will do. What the address lacks is that of the parcel. */
function invoiceDetailsOf(form: FormData) {
  const details = taxDetailsOf(form, 'invoiceDetails.');
  if (details.name === '') return null;
  const { address } = details;
  const isTyped = address.line1 !== '';
  return isTyped || !form.has('address.line1') ? details : { ...details, address: addressOf(form, 'address.') };
}

/** Pays as much as the wallet can with it, so much at most, or not any more. */
export async function chooseWallet(
  lang: string,
  checkoutId: string,
  useWallet: boolean,
  walletUpToMinor: number | undefined,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const upTo = walletUpToMinor === undefined ? {} : { walletUpToMinor };
    await client.orders.updateCheckout({ checkoutId, useWallet, ...upTo }, keyOf(form));
    revalidatePath(paths.checkout(lang, checkoutId));
    return {};
  });
}

/** What the API says to a payment that was asked for before: by the same form, or from another window. */
const ASKED_BEFORE = ['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'CHECKOUT_IN_PROGRESS'];

/**
 * Pays. The card's number goes straight into its sealed token and is never kept or shown again. A form that is sent
 * twice pays once: its second press is led to the checkout, which shows how the first one ended.
 */
export async function completeCheckout(
  lang: string,
  checkoutId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const payment = await chosenPayment(lang, client, form);
    const completing = client.orders.completeCheckout(
      {
        checkoutId,
        payment,
        expectedTotal: {
          amountMinor: Number(form.get('expectedAmountMinor')),
          currency: chosen(form, 'expectedCurrency'),
        },
      },
      keyOf(form),
    );
    const completion = await orUndefined(completing, ...ASKED_BEFORE);
    if (completion === undefined) redirect(paths.checkout(lang, checkoutId));
    const { outcome, orderId, actionUrl } = completion;
    if (outcome === 'completed' && orderId !== null) {
      revalidatePath('/', 'layout');
      redirect(`${paths.order(lang, orderId)}?placed=1`);
    }
    if (outcome === 'declined') return { error: t('checkout.declined'), code: `declined-${Date.now()}` };
    // Who goes back from the bank sees that it is waited for, not the form (and what it refused before) as they left it.
    revalidatePath(paths.checkout(lang, checkoutId));
    if (outcome === 'requires_action' && actionUrl !== null) redirect(await inOwnLanguage(lang, actionUrl));
    return {};
  });
}

/** The buyer is back from the provider's page: it is asked at once, rather than waited for. The page looks for the rest. */
export async function askForPayment(lang: string, paymentId: string): Promise<void> {
  const client = await visitorApi(lang);
  await orUndefined(client.payments.confirmPayment({ paymentId }), 'PAYMENT_NOT_FOUND');
}

/** The buyer's answer on the simulated bank's page; then back to where the shop waits. */
export async function answerChallenge(
  lang: string,
  paymentId: string,
  returnUrl: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.payments.completeSimulatedChallenge({
      paymentId,
      outcome: form.get('intent') === 'approve' ? 'approve' : 'decline',
    });
    await client.payments.confirmPayment({ paymentId });
    redirect(returnUrl);
  });
}
