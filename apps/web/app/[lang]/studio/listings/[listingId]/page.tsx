import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { addRelease, saveListing } from '../../../../../lib/actions/studio-listings.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatDate } from '../../../../../lib/format.ts';
import { listingValues } from '../../../../../lib/listing-values.ts';
import { categoryTrail, getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireStore } from '../../../../../lib/studio.ts';
import { typedMoney } from '../../../../../lib/typed-money.ts';
import { CategoryStep } from '../../../../../ui/category-step.tsx';
import { EarningsCard } from '../../../../../ui/earnings-card.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { ListingForm } from '../../../../../ui/listing-form.tsx';
import { ListingStateForms } from '../../../../../ui/listing-state-forms.tsx';
import { NextPage } from '../../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../../ui/order-list.tsx';
import { ReleaseForm } from '../../../../../ui/release-form.tsx';
import { SavedNotice } from '../../../../../ui/saved-notice.tsx';
import { StockTable } from '../../../../../ui/stock-table.tsx';
import { listingFormOf } from '../../../../../ui/studio-texts.ts';

type Props = {
  readonly params: Promise<{ lang: string; listingId: string }>;
  readonly searchParams: Promise<{ category?: string; saved?: string; releases?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.listing };
}

export default async function EditListingPage({ params, searchParams }: Props) {
  const [{ lang, listingId }, asked] = [await params, await searchParams];
  const path = paths.studioListing(lang, listingId);
  const store = await requireStore(lang, path);
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const listing = await orNotFound(client.catalog.getMyListing({ listingId }));
  const chosen = categoryTrail(marketplace.categories, asked.category ?? listing.categoryId);
  const trail = chosen.length > 0 ? chosen : categoryTrail(marketplace.categories, listing.categoryId);
  const category = trail.at(-1);
  return (
    <>
      {asked.saved !== undefined && <SavedNotice key={asked.saved} text={t('account.saved')} />}
      <header className="space-y-3">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-3xl font-bold">{listing.title}</h1>
          <StateBadge label={t(`state.${listing.state}`)} isFinal={listing.state !== 'published'} />
        </div>
        <p className="text-ink-muted">
          {trail.map(({ name }) => name).join(' › ')} · {t(`kind.${listing.kind}`)}
          {listing.state === 'published' && (
            <>
              {' · '}
              <Link className="link" href={paths.listing(lang, listing.slug)}>
                {t('edit.view')}
              </Link>
            </>
          )}
        </p>
        {listing.state === 'suspended' && <p className="font-medium text-danger">{t('edit.suspended')}</p>}
        <ListingStateForms lang={lang} listingId={listing.id} state={listing.state} />
      </header>
      {listing.state !== 'deleted' && (
        <>
          {listing.kind === 'physical' && <StockTable lang={lang} listing={listing} />}
          {listing.kind === 'digital' && <Releases lang={lang} listingId={listing.id} cursor={asked.releases} />}
          <details className="card p-5">
            <summary className="font-medium">{t('edit.changeCategory')}</summary>
            <div className="pt-4">
              <CategoryStep marketplace={marketplace} t={t} action={path} chosen={category?.id ?? ''} />
            </div>
          </details>
          <EarningsCard
            lang={lang}
            currency={marketplace.currency}
            storeId={store.id}
            categoryId={category?.id ?? listing.categoryId}
            kind={listing.kind}
            price={typedMoney(listing.variants[0]?.price ?? null)}
          />
          <ListingForm
            key={`${listing.version}-${category?.id}`}
            lang={lang}
            action={saveListing.bind(null, lang, {
              storeId: store.id,
              categoryId: category?.id ?? listing.categoryId,
              kind: listing.kind,
              listing: { id: listing.id, version: listing.version, location: listing.location },
            })}
            kind={listing.kind}
            values={listingValues(listing)}
            schema={category?.attributes ?? []}
            {...listingFormOf(marketplace, lang)}
            idempotencyKey={randomUUID()}
          />
        </>
      )}
    </>
  );
}

async function Releases(props: { lang: string; listingId: string; cursor: string | undefined }) {
  const { lang, listingId, cursor } = props;
  const [client, t] = [await api(lang), translator(lang)];
  const { items, nextCursor } = await client.catalog.listReleases({ listingId, limit: 20, cursor });
  return (
    <section className="card space-y-4 p-5" aria-labelledby="releases">
      <h2 id="releases" className="font-heading text-xl font-bold">
        {t('release.title')}
      </h2>
      {items.length === 0 && <p className="text-ink-muted">{t('release.none')}</p>}
      <ul className="space-y-2">
        {items.map((release) => (
          <li key={release.id}>
            <p className="font-medium">
              {release.version} · {formatDate(release.createdTime, lang)}
              {release.isCurrent && ` · ${t('release.current')}`}
            </p>
            <p className="text-sm text-ink-muted">{release.files.map(({ filename }) => filename).join(', ')}</p>
          </li>
        ))}
      </ul>
      <NextPage
        path={paths.studioListing(lang, listingId)}
        cursor={nextCursor}
        label={t('browse.more')}
        name="releases"
      />
      <details open={items.length === 0}>
        <summary className="font-medium">{t('release.add')}</summary>
        <div className="pt-4">
          <ReleaseForm
            key={items[0]?.id ?? 'first'}
            lang={lang}
            action={addRelease.bind(null, lang, listingId)}
            texts={{
              version: t('release.version'),
              changelog: t('release.changelog'),
              files: t('release.files'),
              add: t('release.addFiles'),
              remove: t('edit.remove'),
              save: t('release.add'),
              pending: t('form.pending'),
              uploading: t('edit.uploading'),
              failed: t('edit.uploadFailed'),
            }}
            idempotencyKey={randomUUID()}
          />
        </div>
      </details>
    </section>
  );
}
