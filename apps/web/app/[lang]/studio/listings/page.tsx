import type { ListingState } from '@plaza/catalog/contract';
import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDate, formatMoney, formatNumber } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { Thumb } from '../../../../ui/thumb.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string }>;
};

const STATES = ['published', 'draft', 'paused', 'sold', 'suspended'] as const satisfies readonly ListingState[];

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.listings };
}

export default async function StudioListingsPage({ params, searchParams }: Props) {
  const [{ lang }, { state: asked, cursor }] = [await params, await searchParams];
  const path = paths.studioListings(lang);
  const store = await requireStore(lang, path);
  const [{ words }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const state = STATES.find((each) => each === asked);
  const page = await client.catalog.listStoreListings({ storeId: store.id, limit: 30, state, cursor });
  const items = page.items.filter((listing) => listing.state !== 'deleted');
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">{words.listings}</h1>
        <Link href={paths.studioNewListing(lang)} className="button button-primary">
          {t('studio.newListing', { listing: words.listing })}
        </Link>
      </header>
      <Chips
        label={t('browse.filters')}
        chips={[
          { href: path, label: t('studio.allStates'), isChosen: state === undefined },
          ...STATES.map((each) => ({
            href: `${path}?state=${each}`,
            label: t(`state.${each}`),
            isChosen: each === state,
          })),
        ]}
      />
      {items.length === 0 ? (
        <Empty
          icon="tag"
          title={t('studio.noListings')}
          hint={t('studio.noListingsHint')}
          action={{
            href: paths.studioNewListing(lang),
            label: t('studio.newListing', { listing: words.listing }),
          }}
        />
      ) : (
        <ul className="card divide-y divide-line">
          {items.map((listing) => (
            <li key={listing.id} className="relative flex items-center gap-4 p-3">
              <Thumb url={listing.imageUrl} />
              <div className="min-w-0 grow">
                <h2 className="truncate font-medium">
                  <Link href={paths.studioListing(lang, listing.id)} className="after:absolute after:inset-0">
                    {listing.title}
                  </Link>
                </h2>
                <p className="text-sm text-ink-muted">
                  {listing.freeQuantity === null
                    ? t('stock.unlimited')
                    : t('stock.free', { count: formatNumber(listing.freeQuantity, lang) })}
                  {' · '}
                  {formatDate(listing.updatedTime, lang)}
                </p>
                <StateBadge label={t(`state.${listing.state}`)} isFinal={listing.state !== 'published'} />
              </div>
              <p className="shrink-0 font-heading font-bold">{formatMoney(listing.price, lang)}</p>
            </li>
          ))}
        </ul>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ state }} />
    </>
  );
}
