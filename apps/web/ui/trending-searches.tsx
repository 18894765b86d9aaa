import { publicApi } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { trendingWords } from '../lib/trending-words.ts';
import { Link } from './link.tsx';

const SHOWN = 6;

/** What others search for and look at this hour, for whom nothing was found yet. Nothing while nothing trends. */
export async function TrendingSearches({ marketplace, lang }: { marketplace: Marketplace; lang: string }) {
  const [client, t] = [await publicApi(lang), translator(lang)];
  const trends = await orNothing(client.discovery.getTrends({ limit: SHOWN }));
  const words = trends === undefined ? [] : trendingWords(trends, marketplace, lang).slice(0, SHOWN);
  if (words.length === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <span className="text-ink-muted">{t('trends.title')}</span>
      {words.map(({ text, href }) => (
        <Link key={href} className="chip" href={href}>
          {text}
        </Link>
      ))}
    </div>
  );
}
