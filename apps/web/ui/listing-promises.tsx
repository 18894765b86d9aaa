import type { Listing } from '@plaza/catalog/contract';
import { formatMoney } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';

type Props = { readonly lang: string; readonly marketplace: Marketplace; readonly listing: Listing };

/** Who sells it, how the money is kept safe, and how it comes. */
export function ListingPromises({ lang, marketplace, listing }: Props) {
  const t = translator(lang);
  return (
    <>
      <section className="card flex items-center gap-3 p-4" aria-label={marketplace.words.store}>
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-muted">
          <Icon name="store" />
        </span>
        <div className="min-w-0 grow">
          <Link href={paths.store(lang, listing.store.slug)} className="font-semibold hover:underline">
            {listing.store.name}
          </Link>
          <p className="text-sm text-ink-muted">{listing.store.location?.city ?? t('listing.storeHint')}</p>
        </div>
      </section>
      <ul className="space-y-2 text-sm">
        {marketplace.features.escrow && (
          <li className="flex gap-2">
            <Icon name="shield" className="text-success" />
            {t('listing.escrow')}
          </li>
        )}
        {listing.kind === 'digital' && (
          <li className="flex gap-2">
            <Icon name="download" className="text-success" />
            {t('listing.digital')}
          </li>
        )}
        {listing.kind === 'physical' &&
          listing.store.shippingOptions.map((option) => (
            <li key={option.id} className="flex gap-2">
              <Icon name="truck" className="text-ink-muted" />
              {option.name} · {option.price.amountMinor === 0 ? t('shipping.free') : formatMoney(option.price, lang)}
              {option.freeOver !== undefined &&
                ` · ${t('shipping.freeOver', { amount: formatMoney(option.freeOver, lang) })}`}
            </li>
          ))}
      </ul>
    </>
  );
}
