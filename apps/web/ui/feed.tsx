import { randomUUID } from 'node:crypto';
import type { FeedItem } from '@plaza/discovery/contract';
import { dismissListing } from '../lib/actions/activity.ts';
import { activityChoice } from '../lib/activity-choice.ts';
import { api, publicApi } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { type Translate, translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { type CardData, ListingGrid } from './listing-card.tsx';
import { reasonText as lookReasonText } from './look-matches.tsx';
import { WatchedGrid } from './watched-grid.tsx';

type Props = { readonly marketplace: Marketplace; readonly lang: string };

const SHOWN = 10;

/** Suggestions for this visitor, each with why it is there. Nothing while the service that makes them is away. */
export async function ForYou({ marketplace, lang }: Props) {
  const [client, t] = [await api(lang), translator(lang)];
  const feed = await orNothing(client.discovery.getFeed({ limit: SHOWN }));
  if (feed === undefined || feed.items.length === 0) return null;
  const isKnown = (await activityChoice()) === 'allowed' || (await currentMember()) !== undefined;
  const isPersonal = feed.items.some(({ reason }) => !['popular', 'fresh'].includes(reason.code));
  const hasReasons = isPersonal || feed.items.some(({ reason }) => reason.code !== 'popular');
  return (
    <section className="page" aria-labelledby="for-you">
      <h2 id="for-you" className="mb-4 text-2xl font-bold">
        {t(isPersonal ? 'feed.forYou' : 'feed.popularNow')}
      </h2>
      <WatchedGrid
        items={feed.items.map(({ listing, reason }) => ({
          listing,
          below: (
            <div className="text-xs text-ink-muted">
              {hasReasons && (
                <p className={`my-2 line-clamp-2 [overflow-wrap:anywhere] ${isPersonal ? 'min-h-8' : 'min-h-4'}`}>
                  {isPersonal || reason.code !== 'popular' ? reasonText(t, reason) : ''}
                </p>
              )}
              {isKnown && (
                <PlainActionForm
                  action={dismissListing.bind(null, lang, listing.id)}
                  idempotencyKey={randomUUID()}
                  label={t('feed.dismiss')}
                />
              )}
            </div>
          ),
        }))}
        marketplace={marketplace}
        lang={lang}
      />
    </section>
  );
}

function reasonText(t: Translate, { code, because }: FeedItem['reason']): string {
  if (code === 'related' || code === 'similar')
    return because === null ? t('feed.related') : t('feed.because', { title: because.title });
  return t(`feed.${code}`);
}

/** A row of listings under a heading; nothing when there are none. */
function Row({
  id,
  title,
  hint,
  items,
  marketplace,
  lang,
}: Props & { id: string; title: string; hint?: string | undefined; items: Listings }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-xl font-bold">
        {title}
      </h2>
      {hint !== undefined && <p className="mt-1 max-w-prose text-sm text-ink-muted">{hint}</p>}
      <div className="mt-4">
        <ListingGrid listings={items} lang={lang} conditions={marketplace.conditions} />
      </div>
    </section>
  );
}
type Listings = readonly CardData[];

const BESIDE = 5;

/** Rows in which each listing stands once, in the first that has it; at most so many in one. */
function withoutRepeats<R extends { readonly items: Listings }>(rows: readonly R[]): R[] {
  const shown = new Set<string>();
  return rows.map((row) => {
    const items = row.items.filter(({ id }) => !shown.has(id)).slice(0, BESIDE);
    for (const { id } of items) shown.add(id);
    return { ...row, items };
  });
}

/** What goes with a listing, what was looked at before it, and, while nobody can say, what is `otherwise` of its kind. */
export async function BesideListing({
  listingId,
  isDigital,
  otherwise,
  marketplace,
  lang,
}: Props & { listingId: string; isDigital: boolean; otherwise: Listings }) {
  // What goes with a listing is the same for everyone, and answered from memory; what was looked at is the visitor's own.
  const [{ discovery, search }, own, t] = [await publicApi(lang), await api(lang), translator(lang)];
  // More than are shown: some stand in a row above already.
  const input = { listingId, limit: 3 * BESIDE };
  const [bought, set, similar, lookAlike, viewed] = await Promise.all([
    orNothing(discovery.listBoughtTogether(input)),
    isDigital ? orNothing(discovery.listSet(input)) : undefined,
    orNothing(discovery.listSimilar(input)),
    orNothing(search.listAlike(input)),
    orNothing(own.discovery.listRecentlyViewed({ limit: BESIDE + 1 })),
  ]);
  const alike = similar === undefined || similar.items.length === 0 ? otherwise : similar.items;
  const earlier = (viewed?.items ?? []).filter(({ id }) => id !== listingId).slice(0, BESIDE);
  const rows = withoutRepeats([
    { id: 'bought-together', title: t('feed.boughtTogether'), items: bought?.items ?? [] },
    { id: 'set', title: t('feed.set'), items: set?.items ?? [] },
    { id: 'similar', title: t('listing.more'), items: alike },
    {
      id: 'look-alike',
      title: t('picture.alike'),
      hint: lookAlike?.items[0] && lookReasonText(t, lookAlike.items[0].reason),
      items: lookAlike?.items.map(({ listing }) => listing) ?? [],
    },
  ]);
  const viewedRow = { id: 'recently-viewed', title: t('feed.recentlyViewed'), items: earlier };
  return [...rows, viewedRow].map((row) => <Row key={row.id} {...row} marketplace={marketplace} lang={lang} />);
}
