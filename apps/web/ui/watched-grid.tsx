import type { ReactNode } from 'react';
import type { Marketplace } from '../lib/marketplace.ts';
import { withRatings } from '../lib/ratings.ts';
import { type CardData, ListingCard } from './listing-card.tsx';

/** Cards of listings, each with something below it. What is clicked tells which it was, and at which place (see ActivityWatch). */
export async function WatchedGrid({
  items,
  marketplace,
  lang,
}: {
  readonly items: readonly { readonly listing: CardData; readonly below: ReactNode }[];
  readonly marketplace: Marketplace;
  readonly lang: string;
}) {
  const rated = await withRatings(
    items.map(({ listing }) => listing),
    lang,
  );
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5">
      {items.map(({ listing, below }, index) => (
        <li key={listing.id} data-listing={listing.id} data-position={index + 1} className="flex flex-col gap-1">
          <ListingCard
            listing={rated[index] ?? listing}
            lang={lang}
            conditionLabel={marketplace.conditions.find(({ id }) => id === listing.condition)?.label}
          />
          {below}
        </li>
      ))}
    </ul>
  );
}
