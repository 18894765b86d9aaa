'use server';

import type { Currency, Money } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { signedIn, visitorApi } from '../api.ts';
import { forgetBegunOffer, keepBegunOffer } from '../begun-offer.ts';
import { typedPriceMinor } from '../browse-query.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake } from '../money-fields.ts';
import { paths } from '../paths.ts';

/** Proposes a price for a variant; a guest signs in first. */
export async function proposeOffer(
  lang: string,
  slug: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const member = await signedIn();
    if (member === undefined) {
      await keepBegunOffer(slug, { price: text(form, 'price') ?? '', message: text(form, 'message') ?? '' });
      redirect(paths.signIn(lang, paths.listing(lang, slug)));
    }
    const priceMinor = typedPriceMinor(text(form, 'price'), currency);
    if (priceMinor === undefined) return mistake(t, form, 'price');
    const client = await visitorApi(lang, member);
    const message = text(form, 'message');
    await client.orders.createOffer(
      {
        variantId: String(form.get('variantId')),
        priceMinor,
        message,
      },
      keyOf(form),
    );
    await forgetBegunOffer();
    return { notice: t('offer.sent'), result: { isSent: true } };
  });
}

/** Accepts the price that was seen, declines, or names another. An offer that has moved meanwhile is shown as it is now. */
export async function answerOffer(
  lang: string,
  offerId: string,
  seen: Money,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const state = await answer(lang, offerId, seen, form);
  if (state.code === 'OFFER_PRICE_CHANGED' || state.code === 'ACTION_NOT_ALLOWED') revalidatePath('/', 'layout');
  return state;
}

async function answer(
  lang: string,
  offerId: string,
  { amountMinor, currency }: Money,
  form: FormData,
): Promise<FormState> {
  const offer = { offerId };
  switch (form.get('intent')) {
    case 'accept':
      return act(lang, form, 'order.done', ({ orders }) =>
        orders.acceptOffer({ ...offer, priceMinor: amountMinor }, keyOf(form)),
      );
    case 'decline':
      return act(lang, form, 'order.done', ({ orders }) => orders.declineOffer(offer, keyOf(form)));
    default: {
      const priceMinor = typedPriceMinor(text(form, 'price'), currency);
      if (priceMinor === undefined) return mistake(translator(lang), form, 'price');
      return act(lang, form, 'order.done', ({ orders }) => orders.counterOffer({ ...offer, priceMinor }, keyOf(form)));
    }
  }
}
