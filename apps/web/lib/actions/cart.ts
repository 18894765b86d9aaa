'use server';

import type { PlazaClient } from '@plaza/sdk';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { orUndefined, signedIn } from '../api.ts';
import { CART_COOKIE, PRIVATE_COOKIE } from '../cookies.ts';
import { currentPath } from '../current-path.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { getMarketplace } from '../marketplace.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';
import { shopper } from '../shopper.ts';

/** A client that may check out. Where guests may not, they sign in first and come back to the page they were on. */
async function buyer(lang: string): Promise<PlazaClient> {
  const [{ checkout }, member] = await Promise.all([getMarketplace(lang), signedIn()]);
  if (!checkout.guestAllowed && member === undefined) redirect(paths.signIn(lang, await currentPath()));
  return shopper(lang, member);
}

/** What the buy box sends: both its buttons lead here, so that they work without script. */
export async function buyOrAdd(lang: string, state: FormState, form: FormData): Promise<FormState> {
  return form.get('intent') === 'buy' ? buyNow(lang, state, form) : addToCart(lang, form);
}

/** Puts the chosen variant into the visitor's cart, and makes the cart when there is none. */
async function addToCart(lang: string, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await shopper(lang);
    const line = { variantId: String(form.get('variantId')), quantity: Number(text(form, 'quantity') ?? 1) };
    const current = await orUndefined(client.orders.getCurrentCart({}), 'CART_NOT_FOUND');
    // A key of its own for each press: pressing twice on purpose adds twice.
    const call = { idempotencyKey: crypto.randomUUID() };
    const cart =
      current === undefined
        ? await client.orders.createCart(line, call)
        : await client.orders.addCartLine({ cartId: current.id, ...line }, call);
    (await cookies()).set(CART_COOKIE, cart.id, PRIVATE_COOKIE);
    revalidatePath('/', 'layout');
    return { notice: t('cart.added'), result: { added: true } };
  });
}

/** Begins a checkout of this one thing; the cart stays as it is. */
export async function buyNow(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await buyer(lang);
    const checkout = await client.orders.createCheckout(
      {
        buyNow: {
          variantId: String(form.get('variantId')),
          quantity: Number(text(form, 'quantity') ?? 1),
          ...(text(form, 'offerId') === undefined ? {} : { offerId: text(form, 'offerId') }),
        },
      },
      { idempotencyKey: crypto.randomUUID() },
    );
    redirect(paths.checkout(lang, checkout.id));
  });
}

/** Sets a line's quantity; zero takes it out. */
export async function changeLine(
  lang: string,
  cartId: string,
  lineId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await shopper(lang);
    const line = { cartId, lineId };
    const quantity = form.get('intent') === 'remove' ? 0 : Number(text(form, 'quantity') ?? 1);
    if (quantity === 0) await client.orders.removeCartLine(line);
    else await client.orders.updateCartLine({ ...line, quantity });
    revalidatePath('/', 'layout');
    return {};
  });
}

export async function applyCoupon(lang: string, cartId: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await shopper(lang);
    await client.orders.applyCoupon({ cartId, code: text(form, 'code') ?? '' });
    revalidatePath('/', 'layout');
    return {};
  });
}

export async function removeCoupon(
  lang: string,
  cartId: string,
  code: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await shopper(lang);
    await client.orders.removeCoupon({ cartId, code });
    revalidatePath('/', 'layout');
    return {};
  });
}

/** From the cart to the checkout. */
export async function beginCheckout(
  lang: string,
  cartId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await buyer(lang);
    const checkout = await client.orders.createCheckout({ cartId }, keyOf(form));
    redirect(paths.checkout(lang, checkout.id));
  });
}
