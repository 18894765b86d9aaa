import { publicApi } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import { formatNumber } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { trendingWords } from '../lib/trending-words.ts';
import { Link } from './link.tsx';
import { LiveTrends } from './live-trends.tsx';
import { WatchedGrid } from './watched-grid.tsx';

const SHOWN = 5;

/** What far more people than usual look at and search for, of the last hour; brought up to date while the page is open. */
export async function Trending({ marketplace, lang }: { marketplace: Marketplace; lang: string }) {
  const [client, t] = [await publicApi(lang), translator(lang)];
  const trends = await orNothing(client.discovery.getTrends({ limit: SHOWN }));
  if (trends === undefined) return null;
  const words = trendingWords(trends, marketplace, lang);
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
              {words.map(({ text, href }) => (
                <li key={href}>
                  <Link href={href} className="chip">
                    {text}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <WatchedGrid
            items={trends.listings.map(({ listing, people }) => ({
              listing,
              below: (
                <p className="text-xs text-ink-muted">{t('trends.people', { count: formatNumber(people, lang) })}</p>
              ),
            }))}
            marketplace={marketplace}
            lang={lang}
          />
        </section>
      )}
    </>
  );
}
