'use client';

import type { Currency } from '@plaza/kernel';
import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';

export type CardEntry = {
  /** Seals what was entered at Stripe. The mistake is in the reader's language, from Stripe. */
  seal(): Promise<{ readonly token: string } | { readonly mistake: string }>;
};

/**
 * Stripe's own card form in Stripe's own frame, loaded from Stripe's site only where a marketplace takes cards by Stripe.
 * What is typed there never reaches our page or server (PCI DSS, SAQ A): we get a confirmation token.
 */
export function StripeCard({
  publishableKey,
  amountMinor,
  currency,
  lang,
  unavailable,
  isKept = false,
  ref,
}: {
  publishableKey: string;
  amountMinor: number;
  currency: Currency;
  lang: string;
  unavailable: string;
  /** The card is saved, and nothing is paid now. */
  isKept?: boolean;
  ref: Ref<CardEntry>;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useRef<{ stripe: Stripe; elements: StripeElements }>(undefined);
  const [isUnavailable, setUnavailable] = useState(false);
  useEffect(() => {
    let isGone = false;
    loadStripe(publishableKey)
      .then((stripe) => {
        if (isGone || stripe === null || frame.current === null) return;
        const elements = stripe.elements({
          ...(isKept ? { mode: 'setup' } : { mode: 'payment', amount: amountMinor }),
          currency: currency.toLowerCase(),
          allowedPaymentMethodTypes: ['card'],
          locale: lang as 'en',
        });
        elements.create('payment').mount(frame.current);
        loaded.current = { stripe, elements };
      })
      .catch(() => setUnavailable(true)); // Blocked or offline: said below, and another way to pay can be chosen.
    return () => {
      isGone = true;
      loaded.current?.elements.getElement('payment')?.destroy();
      loaded.current = undefined;
    };
  }, [publishableKey, amountMinor, currency, lang, isKept]);
  useImperativeHandle(ref, () => ({
    async seal() {
      if (loaded.current === undefined) return { mistake: unavailable };
      const { stripe, elements } = loaded.current;
      const checked = await elements.submit();
      if (checked.error !== undefined) return { mistake: checked.error.message ?? unavailable };
      const { confirmationToken, error } = await stripe.createConfirmationToken({ elements });
      return confirmationToken === undefined
        ? { mistake: error?.message ?? unavailable }
        : { token: confirmationToken.id };
    },
  }));
  return (
    <>
      <div ref={frame} data-card-entry="stripe" />
      {isUnavailable && <p role="alert">{unavailable}</p>}
    </>
  );
}
