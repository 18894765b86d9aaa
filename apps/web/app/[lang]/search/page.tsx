import type { Metadata } from 'next';
import { api, orRedirect, unlessAway } from '../../../lib/api.ts';
import { apiFiltersOf, browseHref, readBrowseQuery, type SearchParameters } from '../../../lib/browse-query.ts';
import { hasVersions } from '../../../lib/categories.ts';
import { withKnownPlace } from '../../../lib/known-place.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { onlySearchedOf } from '../../../lib/saved-query.ts';
import { Happened } from '../../../ui/activity.tsx';
import { Browse } from '../../../ui/browse.tsx';
import { ForYou } from '../../../ui/feed.tsx';
import { SearchHelp } from '../../../ui/search-help.tsx';
import { TrendingSearches } from '../../../ui/trending-searches.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<SearchParameters>;
};

const SORTS = ['relevance', 'newest', 'price_asc', 'price_desc'] as const;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ lang }, { q }] = [await params, readBrowseQuery(await searchParams)];
  const t = translator(lang);
  // Results are endless and change: search engines are to index listings and categories instead.
  return {
    title: q === undefined ? t('search.label') : t('search.results', { query: q }),
    robots: { index: false, follow: true },
  };
}

export default async function SearchPage({ params, searchParams }: Props) {
  const { lang } = await params;
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const query = withKnownPlace(readBrowseQuery(await searchParams), marketplace.places);
  const sorts = [
    ...SORTS,
    ...(marketplace.features.reviews ? (['rating'] as const) : []),
    ...(query.near === undefined ? [] : (['distance'] as const)),
  ];
  const searched = client.search.searchListings({
    limit: 20,
    sort: sorts.find((sort) => sort === query.sort) ?? 'relevance',
    ...onlySearchedOf(query),
    ...apiFiltersOf(query, marketplace.currency),
  });
  const wordsAlone = query.q === undefined ? {} : { q: query.q };
  const found = await unlessAway(
    orRedirect(searched, browseHref(paths.search(lang), { attribute: [], condition: [] }, wordsAlone)),
  );
  if (found === undefined) {
    return (
      <p role="alert" className="page py-24 text-center text-lg">
        {t('search.down')}
      </p>
    );
  }
  const { items, nextCursor, facets, total, closeBy, correctedQuery, unknownWords, help } = found;
  const heading = (
    <>
      {query.q !== undefined && query.cursor === undefined && (
        <Happened kind="search" query={query.q} resultCount={closeBy === null ? total : 0} />
      )}
      <h1 className="text-3xl font-bold">
        {query.q === undefined
          ? t('browse.all', { listings: marketplace.words.listings.toLocaleLowerCase(lang) })
          : t('search.results', { query: query.q })}
      </h1>
      {correctedQuery !== null && (
        <p className="mt-1 text-ink-muted">{t('search.corrected', { query: correctedQuery })}</p>
      )}
      {unknownWords.length > 0 && (
        <p className="mt-1 text-ink-muted">{t('search.unknown', { words: unknownWords.join(', ') })}</p>
      )}
      {closeBy !== null && (
        <p className="mt-1">{t(closeBy === 'meaning' ? 'search.closeByMeaning' : 'search.closeByLetters')}</p>
      )}
      {help !== null && <SearchHelp {...{ help, lang, query: query.q ?? '' }} />}
      {(query.q === undefined || total === 0) && <TrendingSearches {...{ marketplace, lang }} />}
    </>
  );
  return (
    <>
      <Browse
        {...{ marketplace, lang, query, items, nextCursor, facets, total, heading }}
        path={paths.search(lang)}
        hasVersions={hasVersions(marketplace.categories)}
        sorts={sorts}
      />
      {total === 0 && (
        <div className="mt-12">
          <ForYou {...{ marketplace, lang }} />
        </div>
      )}
    </>
  );
}
