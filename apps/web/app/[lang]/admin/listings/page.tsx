import type { ListingState } from '@plaza/catalog/contract';
import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDate } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OperatorListing } from '../../../../ui/operator-listing.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string }>;
};

const STATES = [
  'published',
  'suspended',
  'draft',
  'paused',
  'sold',
  'deleted',
] as const satisfies readonly ListingState[];

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.listings };
}

export default async function AdminListingsPage({ params, searchParams }: Props) {
  const [{ lang }, { state: asked, cursor }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const path = paths.adminListings(lang);
  const [{ words }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const state = STATES.find((each) => each === asked);
  const page = await client.catalog.listAllListings({ limit: 30, state, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{words.listings}</h1>
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
      {page.items.length === 0 ? (
        <Empty icon="tag" title={t('admin.nothing')} />
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((listing) => (
            <OperatorListing
              key={listing.id}
              lang={lang}
              listing={listing}
              note={formatDate(listing.updatedTime, lang)}
            />
          ))}
        </ul>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ state }} />
    </>
  );
}
