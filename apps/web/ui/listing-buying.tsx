import { randomUUID } from 'node:crypto';
import type { Listing } from '@plaza/catalog/contract';
import { buyOrAdd } from '../lib/actions/cart.ts';
import { formatMoney } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { BuyBox } from './buy-box.tsx';
import { OfferBox } from './offer-box.tsx';

type Props = { readonly lang: string; readonly marketplace: Marketplace; readonly listing: Listing };

/** Choosing a variant of a listing, buying it, and offering a price where that is done. */
export function ListingBuying({ lang, marketplace, listing }: Props) {
  const t = translator(lang);
  const free = listing.variants.filter(({ freeQuantity }) => freeQuantity !== 0);
  return (
    <>
      <BuyBox
        variants={listing.variants.map(({ id, title, price, compareAtPrice, freeQuantity, licenseCode }) => ({
          id,
          label:
            title !== '' ? title : (marketplace.licenses.find((license) => license.id === licenseCode)?.name ?? ''),
          price: formatMoney(price, lang),
          compareAt: compareAtPrice === null ? null : formatMoney(compareAtPrice, lang),
          freeQuantity,
        }))}
        texts={{
          choose: t('listing.choose'),
          quantity: t('listing.quantity'),
          addToCart: marketplace.words.addToCart,
          buyNow: marketplace.words.buyNow,
          soldOut: t('listing.soldOut'),
          left: t('listing.left'),
          inStock: t('listing.inStock'),
          pending: t('form.pending'),
          added: t('cart.added'),
          toCart: t('cart.open', { cart: marketplace.words.cart }),
        }}
        listingId={listing.id}
        isDigital={listing.kind === 'digital'}
        cartPath={paths.cart(lang)}
        action={buyOrAdd.bind(null, lang)}
        idempotencyKey={randomUUID()}
      />
      {marketplace.features.offers && listing.isOfferAllowed && free.length > 0 && (
        <OfferBox
          lang={lang}
          slug={listing.slug}
          variants={free.map(({ id, title }) => ({ id, title }))}
          currency={marketplace.currency}
          label={marketplace.words.makeOffer}
          idempotencyKey={randomUUID()}
        />
      )}
    </>
  );
}
