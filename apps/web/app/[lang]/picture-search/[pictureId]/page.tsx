import type { Metadata } from 'next';
import { api, orUndefined } from '../../../../lib/api.ts';
import { apiFiltersOf, readBrowseQuery, type SearchParameters } from '../../../../lib/browse-query.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { Link } from '../../../../ui/link.tsx';
import { LookMatches } from '../../../../ui/look-matches.tsx';
import { PriceForm } from '../../../../ui/price-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string; pictureId: string }>;
  readonly searchParams: Promise<SearchParameters>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('picture.results'), robots: { index: false, follow: false } };
}

export default async function PictureMatchesPage({ params, searchParams }: Props) {
  const { lang, pictureId } = await params;
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const query = readBrowseQuery(await searchParams);
  const { attribute: _attribute, condition: _condition, ...filters } = apiFiltersOf(query, marketplace.currency);
  const found = await orUndefined(
    client.search.listPictureMatches({ pictureId, limit: 20, ...filters }),
    'PICTURE_NOT_FOUND',
    'PICTURE_NOT_LOOKED_AT',
    'INVALID_INPUT',
  );
  const path = paths.pictureMatches(lang, pictureId);
  return (
    <div className="page space-y-6 pt-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">{t('picture.results')}</h1>
        <Link href={paths.searchByPicture(lang)} className="button button-quiet">
          <Icon name="camera" />
          {t('picture.another')}
        </Link>
      </div>
      {found === undefined ? (
        <p role="status" className="card p-10 text-center">
          {t('picture.gone')}
        </p>
      ) : (
        <>
          <PriceForm {...{ path, query, t }} currency={marketplace.currency} />
          <LookMatches {...{ marketplace, lang, path, query }} items={found.items} nextCursor={found.nextCursor} />
        </>
      )}
    </div>
  );
}
