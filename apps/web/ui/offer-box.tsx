import type { Currency } from '@plaza/kernel';
import { proposeOffer } from '../lib/actions/offers.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { OfferForm } from './offer-form.tsx';

/** Where a marketplace allows it: a buyer proposes a price. */
export function OfferBox({
  lang,
  slug,
  variants,
  currency,
  label,
  begun,
  idempotencyKey,
}: {
  lang: string;
  slug: string;
  variants: readonly { id: string; title: string }[];
  currency: Currency;
  label: string;
  /** What a guest had typed before they signed in. */
  begun: { readonly price?: string; readonly message?: string };
  idempotencyKey: string;
}) {
  const t = translator(lang);
  return (
    <details className="card p-4" open={begun.price !== undefined}>
      <summary className="font-semibold">{label}</summary>
      <OfferForm
        action={proposeOffer.bind(null, lang, slug, currency)}
        variants={variants}
        texts={{
          choose: t('listing.choose'),
          price: t('offer.price', { currency }),
          message: t('offer.message'),
          send: t('offer.send'),
          pending: t('form.pending'),
          see: t('offer.see'),
        }}
        begun={begun}
        offersPath={paths.offers(lang)}
        idempotencyKey={idempotencyKey}
      />
    </details>
  );
}
