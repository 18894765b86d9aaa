import type { LookMatch } from '@plaza/search/contract';
import { type BrowseQuery, browseHref } from '../lib/browse-query.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { type Translate, translator } from '../lib/messages.ts';
import { ListingGrid } from './listing-card.tsx';
import { NextPage } from './next-page.tsx';

type Props = {
  readonly items: readonly LookMatch[];
  readonly nextCursor: string | null;
  readonly marketplace: Marketplace;
  readonly lang: string;
  readonly path: string;
  readonly query: BrowseQuery;
};

/** Listings found by a picture: those that have it, then those that look like it, and what says so. */
export function LookMatches({ items, nextCursor, marketplace, lang, path, query }: Props) {
  const t = translator(lang);
  const of = (code: LookMatch['reason']['code']) => items.filter(({ reason }) => reason.code === code);
  const alike = of('looks_alike');
  const groups = [
    { id: 'same-picture', title: t('picture.same'), found: of('same_picture'), hint: undefined },
    { id: 'looks-alike', title: t('picture.alike'), found: alike, hint: alike[0] && reasonText(t, alike[0].reason) },
  ];
  if (items.length === 0)
    return (
      <div className="card p-10 text-center">
        <p className="text-lg font-semibold">{t('picture.nothing')}</p>
        <p className="mt-1 text-ink-muted">{t('picture.nothingHint')}</p>
      </div>
    );
  return (
    <>
      {groups
        .filter(({ found }) => found.length > 0)
        .map(({ id, title, found, hint }) => (
          <section key={id} aria-labelledby={id} className="space-y-4">
            <div>
              <h2 id={id} className="text-xl font-bold">
                {title}
              </h2>
              {hint !== undefined && <p className="mt-1 max-w-prose text-sm text-ink-muted">{hint}</p>}
            </div>
            <ListingGrid
              listings={found.map(({ listing }) => listing)}
              lang={lang}
              conditions={marketplace.conditions}
            />
          </section>
        ))}
      <NextPage path={path} cursor={nextCursor} label={t('browse.more')} query={shownFilters(path, query)} />
    </>
  );
}

/** What says that something looks alike. */
export function reasonText(t: Translate, { by, model }: LookMatch['reason']): string {
  return by === 'model' ? t('picture.byModel', { model: model.replace('@', ' ') }) : t('picture.byColorAndShape');
}

function shownFilters(path: string, query: BrowseQuery): Record<string, string> {
  return Object.fromEntries(new URL(browseHref(path, query, {}), 'http://host').searchParams);
}
