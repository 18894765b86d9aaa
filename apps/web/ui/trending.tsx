import Link from 'next/link';
import { publicApi } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import { formatNumber } from '../lib/format.ts';
import { categoryTrail, type Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { ListingCard } from './listing-card.tsx';
import { LiveTrends } from './live-trends.tsx';

const SHOWN = 5;

/** What far more people than usual look at and search for, of the last hour; brought up to date while the page is open. */
export async function Trending({ marketplace, lang }: { marketplace: Marketplace; lang: string }) {
  const [client, t] = [await publicApi(lang), translator(lang)];
  const trends = await orNothing(client.discovery.getTrends({ limit: SHOWN }));
  if (trends === undefined) return null;
  const words = [
    ...trends.searches.map(({ query }) => ({ key: `q:${query}`, text: query, href: paths.search(lang, query) })),
    ...trends.categories.flatMap(({ categoryId }) => {
      const name = categoryTrail(marketplace.categories, categoryId).at(-1)?.name;
      return name === undefined ? [] : [{ key: categoryId, text: name, href: paths.category(lang, categoryId) }];
    }),
  ];
  return (
    <>
      <LiveTrends />
      {(trends.listings.length > 0 || words.length > 0) && (
        <section className="page" aria-labelledby="trending">
          <h2 id="trending" className="mb-4 text-2xl font-bold">
            {t('trends.title')}
          </h2>
          {words.length > 0 && (
            <ul className="mb-4 flex flex-wrap gap-2">
              {words.map(({ key, text, href }) => (
                <li key={key}>
                  <Link href={href} className="chip">
                    {text}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5">
            {trends.listings.map(({ listing, people }, index) => (
              <li key={listing.id} data-listing={listing.id} data-position={index + 1} className="flex flex-col gap-1">
                <ListingCard
                  listing={listing}
                  lang={lang}
                  conditionLabel={marketplace.conditions.find(({ id }) => id === listing.condition)?.label}
                />
                <p className="text-xs text-ink-muted">{t('trends.people', { count: formatNumber(people, lang) })}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
