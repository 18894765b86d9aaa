import type { Currency } from '@plaza/kernel';
import { proposeOffer } from '../lib/actions/offers.ts';
import { begunOffer } from '../lib/begun-offer.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { OfferForm } from './offer-form.tsx';

/** Where a marketplace allows it: a buyer proposes a price. */
export async function OfferBox({
  lang,
  slug,
  variants,
  currency,
  label,
  idempotencyKey,
}: {
  lang: string;
  slug: string;
  variants: readonly { id: string; title: string }[];
  currency: Currency;
  label: string;
  idempotencyKey: string;
}) {
  const [begun, t] = [await begunOffer(slug), translator(lang)];
  return (
    <OfferForm
      action={proposeOffer.bind(null, lang, slug, currency)}
      variants={variants}
      texts={{
        label,
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
  );
}
