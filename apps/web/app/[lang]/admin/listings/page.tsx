import { randomUUID } from 'node:crypto';
import type { ListingState, SellerCard } from '@plaza/catalog/contract';
import type { Metadata } from 'next';
import Link from 'next/link';
import { suspendListing } from '../../../../lib/actions/admin.ts';
import { api } from '../../../../lib/api.ts';
import { formatDate, formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { Thumb } from '../../../../ui/thumb.tsx';

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
  const page = await client.catalog.listAllListings({
    limit: 30,
    ...(state === undefined ? {} : { state }),
    ...(cursor === undefined ? {} : { cursor }),
  });
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
            <Row key={listing.id} lang={lang} listing={listing} />
          ))}
        </ul>
      )}
      <NextPage
        path={path}
        cursor={page.nextCursor}
        label={t('browse.more')}
        {...(state === undefined ? {} : { query: { state } })}
      />
    </>
  );
}

function Row({ lang, listing }: { lang: string; listing: SellerCard }) {
  const t = translator(lang);
  const action = suspendListing.bind(null, lang, listing.id);
  return (
    <li className="flex flex-wrap items-center gap-4 p-3">
      <Thumb url={listing.imageUrl} size={48} />
      <div className="min-w-40 grow">
        <h2 className="font-medium">
          <Link href={paths.listing(lang, listing.slug)} className="hover:underline">
            {listing.title}
          </Link>
        </h2>
        <p className="text-sm text-ink-muted">
          {listing.storeName} · {formatMoney(listing.price, lang)} · {formatDate(listing.updatedTime, lang)}
        </p>
      </div>
      <StateBadge label={t(`state.${listing.state}`)} isFinal={listing.state !== 'published'} />
      {listing.state === 'suspended' && (
        <PlainActionForm
          action={action}
          idempotencyKey={randomUUID()}
          label={t('admin.reinstate')}
          fields={{ intent: 'reinstate' }}
        />
      )}
      {listing.state !== 'suspended' && listing.state !== 'deleted' && (
        <details>
          <summary className="button button-outline list-none" aria-label={`${t('admin.suspend')}: ${listing.title}`}>
            {t('admin.suspend')}
          </summary>
          <SimpleForm
            action={action}
            className="space-y-2 pt-2"
            fields={[{ name: 'reason', label: t('order.reason'), required: true, minLength: 3, maxLength: 1000 }]}
            submit={t('admin.suspend')}
            pending={t('form.pending')}
            buttonClassName="button button-danger"
            idempotencyKey={randomUUID()}
          />
        </details>
      )}
    </li>
  );
}
