import type { Metadata } from 'next';
import type { SearchParameters } from '../../../lib/browse-query';
import { getMarketplace } from '../../../lib/marketplace';
import { translator } from '../../../lib/messages';
import { paths } from '../../../lib/paths';
import { alternates } from '../../../lib/seo';
import { CatalogBrowse } from '../../../ui/catalog-browse';

type Props = { readonly params: Promise<{ lang: string }>; readonly searchParams: Promise<SearchParameters> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang } = await params;
  const { words } = await getMarketplace(lang);
  return {
    title: translator(lang)('browse.all', { listings: words.listings }),
    alternates: await alternates(lang, '/browse'),
  };
}

export default async function BrowsePage({ params, searchParams }: Props) {
  const { lang } = await params;
  const { words } = await getMarketplace(lang);
  return (
    <CatalogBrowse
      lang={lang}
      path={paths.browse(lang)}
      parameters={await searchParams}
      heading={<h1 className="text-3xl font-bold">{translator(lang)('browse.all', { listings: words.listings })}</h1>}
    />
  );
}
