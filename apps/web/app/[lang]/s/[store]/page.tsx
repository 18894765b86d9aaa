import type { Metadata } from 'next';
import { orNotFound, publicApi } from '../../../../lib/api.ts';
import type { SearchParameters } from '../../../../lib/browse-query.ts';
import { formatDate } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { storeRatingOf } from '../../../../lib/reviews.ts';
import { alternates } from '../../../../lib/seo.ts';
import { CatalogBrowse } from '../../../../ui/catalog-browse.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { RatingLine } from '../../../../ui/stars.tsx';

type Props = {
  readonly params: Promise<{ lang: string; store: string }>;
  readonly searchParams: Promise<SearchParameters>;
};

async function storeOf({ lang, store }: { lang: string; store: string }) {
  const client = await publicApi(lang);
  return orNotFound(client.catalog.getStoreBySlug({ slug: decodeURIComponent(store) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, store } = await params;
  const found = await storeOf({ lang, store });
  return {
    title: found.name,
    description: found.description.slice(0, 160),
    alternates: await alternates(lang, `/s/${encodeURIComponent(found.slug)}`),
  };
}

export default async function StorePage({ params, searchParams }: Props) {
  const { lang, store } = await params;
  const t = translator(lang);
  const found = await storeOf({ lang, store });
  // Asked as everybody asks: only this tells by which clock the times below are shown.
  await getMarketplace(lang);
  const rating = await storeRatingOf(found.id, lang);
  const heading = (
    <div className="card flex flex-wrap items-center gap-4 p-5">
      {found.logoUrl === null ? (
        <span className="grid size-16 place-items-center rounded-full bg-primary text-on-primary">
          <Icon name="store" size={30} />
        </span>
      ) : (
        <img src={found.logoUrl} alt="" width={64} height={64} className="size-16 rounded-full object-cover" />
      )}
      <div className="min-w-0 grow">
        <h1 className="text-2xl font-bold">{found.name}</h1>
        <p className="text-sm text-ink-muted">
          {[found.location?.city, t('store.since', { date: formatDate(found.createdTime, lang) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <RatingLine rating={rating} lang={lang} />
        <p className="mt-2 max-w-prose">{found.description}</p>
      </div>
    </div>
  );
  return (
    <CatalogBrowse
      lang={lang}
      path={paths.store(lang, found.slug)}
      parameters={await searchParams}
      storeId={found.id}
      heading={heading}
    />
  );
}
