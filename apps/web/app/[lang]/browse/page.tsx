import type { Metadata } from 'next';
import type { SearchParameters } from '../../../lib/browse-query.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { alternates } from '../../../lib/seo.ts';
import { CatalogBrowse } from '../../../ui/catalog-browse.tsx';

type Props = { readonly params: Promise<{ lang: string }>; readonly searchParams: Promise<SearchParameters> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang } = await params;
  const { words } = await getMarketplace(lang);
  return {
    title: translator(lang)('browse.all', { listings: words.listings.toLocaleLowerCase(lang) }),
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
      heading={
        <h1 className="text-3xl font-bold">
          {translator(lang)('browse.all', { listings: words.listings.toLocaleLowerCase(lang) })}
        </h1>
      }
    />
  );
}
