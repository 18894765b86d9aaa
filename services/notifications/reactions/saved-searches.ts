import { type SavedSearchFound, savedSearchFound } from '@plaza/discovery/events';
import { formatMoney, LOCALES, type Locale, type LocalizedText } from '@plaza/kernel';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Asked } from '../domain/message.ts';
import type { Tell } from './tell.ts';

type Search = SavedSearchFound['searches'][number];
type Listing = Search['listings'][number];

/** Listings that the inbox names; the mail names more. */
const NAMED_MAX = 3;

/** What a member is told of what their saved searches found: of one search at once, of all once a day. */
export function savedSearchReactions(tell: Tell): Reaction[] {
  return [
    reaction(savedSearchFound, (call) => {
      const { memberId, mailKey, delivery, searches } = call.event.data;
      const [first] = searches;
      if (first === undefined) return Promise.resolve();
      const one = delivery === 'instant' ? `?search=${first.savedSearchId}` : '';
      return tell(call, {
        template: delivery === 'instant' ? 'search-found' : 'search-digest',
        topic: 'listings',
        to: { memberId },
        path: '/account/searches',
        values: { title: first.name, number: String(searches.reduce((sum, { count }) => sum + count, 0)) },
        texts: { listings: named(searches.flatMap(({ listings }) => listings)) },
        asked: { details: detailsOf(searches) },
        stop: {
          template: 'mail-stop',
          path: `/unsubscribe/${mailKey}${one}`,
          url: `/unsubscribe/saved-searches/${mailKey}${one}`,
        },
      });
    }),
  ];
}

/** `Brass lamp, $60.00 → $45.00` */
function line({ title, price, priceBefore }: Listing, locale: Locale): string {
  const before = priceBefore === null ? '' : `${formatMoney(priceBefore, locale)} → `;
  return `${title.replace(/\s+/g, ' ')}, ${before}${formatMoney(price, locale)}`;
}

function named(listings: readonly Listing[]): LocalizedText {
  const more = listings.length > NAMED_MAX ? ' …' : '';
  const text = (locale: Locale) =>
    listings
      .slice(0, NAMED_MAX)
      .map((each) => line(each, locale))
      .join('; ') + more;
  return Object.fromEntries(LOCALES.map((locale) => [locale, text(locale)]));
}

/** Each search with its listings, and where they are seen. */
function detailsOf(searches: readonly Search[]): Asked['details'] {
  return (locale, home) => {
    const linkOf = ({ slug }: Listing) => `${home}/l/${encodeURIComponent(slug)}`;
    const paragraphs = searches.flatMap(({ name, count, listings }) => [
      `${name} (${count})`,
      ...listings.map((each) => `${line(each, locale)}\n${linkOf(each)}`),
    ]);
    return { paragraphs, links: searches.flatMap(({ listings }) => listings.map(linkOf)) };
  };
}
