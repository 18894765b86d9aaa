import Link from 'next/link';
import { publicApi } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import { categoryTrail, type Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';

const SHOWN = 6;

/** What others search for and look at this hour, for whom nothing was found yet. Nothing while nothing trends. */
export async function TrendingSearches({ marketplace, lang }: { marketplace: Marketplace; lang: string }) {
  const [client, t] = [await publicApi(lang), translator(lang)];
  const trends = await orNothing(client.discovery.getTrends({ limit: SHOWN }));
  const words = [
    ...(trends?.searches ?? []).map(({ query }) => ({ text: query, href: paths.search(lang, query) })),
    ...(trends?.categories ?? []).flatMap(({ categoryId }) => {
      const name = categoryTrail(marketplace.categories, categoryId).at(-1)?.name;
      return name === undefined ? [] : [{ text: name, href: paths.category(lang, categoryId) }];
    }),
  ].slice(0, SHOWN);
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
