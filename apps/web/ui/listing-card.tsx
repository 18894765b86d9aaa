import type { ListingCard as Card } from '@plaza/catalog/contract';
import type { Money } from '@plaza/kernel';
import { formatMoney, formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { type CardRating, withRatings } from '../lib/ratings.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { Marked } from './marked.tsx';
import { RatingLine } from './stars.tsx';

/** What a card shows of a listing, from browsing or from search. */
export type CardData = Pick<Card, 'id' | 'slug' | 'title' | 'imageUrl' | 'freeQuantity' | 'storeName'> & {
  readonly price: Money;
  readonly priceMax?: Money;
  readonly compareAtPrice?: Money | null;
  readonly condition?: string | null;
  /** What buyers say: search has it; a grid asks for what is missing. */
  readonly rating?: CardRating | null;
  readonly imageAlt?: string | null;
  readonly location?: { readonly city?: string | undefined } | null;
  /** From where it was searched. */
  readonly distanceKm?: number | null;
  /** Of search: whether operators lift it. */
  readonly isBoosted?: boolean;
  /** Where the title has what was searched for. */
  readonly titleMatches?: readonly { readonly start: number; readonly end: number }[];
};

export function ListingCard({
  listing,
  lang,
  conditionLabel,
  isFirst = false,
}: {
  listing: CardData;
  lang: string;
  conditionLabel?: string | undefined;
  isFirst?: boolean;
}) {
  const t = translator(lang);
  const isGone = listing.freeQuantity === 0;
  const { distanceKm: km = null } = listing;
  const away = km === null ? undefined : t('near.away', { km: formatNumber(km, lang) });
  const promoted = listing.isBoosted === true ? t('listing.promoted') : undefined;
  const facts = [promoted, away, conditionLabel, listing.location?.city].filter((fact) => fact !== undefined);
  const isRange = listing.priceMax !== undefined && listing.priceMax.amountMinor > listing.price.amountMinor;
  return (
    <article className="card group relative flex h-full flex-col overflow-hidden transition hover:-translate-y-0.5 hover:shadow-lg">
      <div className="relative aspect-square overflow-hidden bg-muted">
        {listing.imageUrl === null ? (
          <div className="grid size-full place-items-center text-ink-muted">
            <Icon name="image" size={40} />
          </div>
        ) : (
          <img
            src={listing.imageUrl}
            alt={listing.imageAlt ?? ''}
            loading={isFirst ? 'eager' : 'lazy'}
            decoding="async"
            width={640}
            height={640}
            className="size-full object-cover transition duration-300 group-hover:scale-[1.03]"
          />
        )}
        {isGone && (
          <span className="absolute left-2 top-2 rounded-full bg-ink px-2.5 py-1 text-xs font-semibold text-background">
            {t('listing.soldOut')}
          </span>
        )}
        {!isGone && listing.compareAtPrice != null && (
          <span className="absolute left-2 top-2 rounded-full bg-accent px-2.5 py-1 text-xs font-semibold text-on-accent">
            {t('listing.sale')}
          </span>
        )}
      </div>
      <div className="flex grow flex-col gap-1 p-3">
        <h3 className="line-clamp-2 text-[0.95rem] font-medium leading-snug">
          <Link href={paths.listing(lang, listing.slug)} className="after:absolute after:inset-0">
            <Marked text={listing.title} ranges={listing.titleMatches ?? []} />
          </Link>
        </h3>
        <p className="mt-auto flex flex-wrap items-baseline gap-x-2 pt-1">
          <span className="font-heading text-lg font-bold">
            {isRange
              ? t('listing.from', { price: formatMoney(listing.price, lang) })
              : formatMoney(listing.price, lang)}
          </span>
          {listing.compareAtPrice != null && (
            <s className="text-sm text-ink-muted">{formatMoney(listing.compareAtPrice, lang)}</s>
          )}
        </p>
        <RatingLine rating={listing.rating} lang={lang} size={15} />
        <p className="truncate text-sm text-ink-muted">{listing.storeName}</p>
        {facts.length > 0 && <p className="truncate text-sm text-ink-muted">{facts.join(' · ')}</p>}
      </div>
    </article>
  );
}

/** Cards in a grid; two on a phone, up to five. */
export async function ListingGrid({
  listings,
  lang,
  conditions,
  isBesideFilters = false,
  query,
}: {
  listings: readonly CardData[];
  lang: string;
  conditions: readonly { id: string; label: string }[];
  isBesideFilters?: boolean;
  /** The search that found them. */
  query?: string | undefined;
}) {
  const rated = await withRatings(listings, lang);
  return (
    <ul
      data-query={query}
      className={`grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 ${isBesideFilters ? 'xl:grid-cols-4' : 'lg:grid-cols-4 xl:grid-cols-5'}`}
    >
      {rated.map((listing, index) => (
        <li key={listing.id} data-listing={listing.id} data-position={index + 1}>
          <ListingCard
            listing={listing}
            lang={lang}
            isFirst={index < 4}
            conditionLabel={conditions.find(({ id }) => id === listing.condition)?.label}
          />
        </li>
      ))}
    </ul>
  );
}
