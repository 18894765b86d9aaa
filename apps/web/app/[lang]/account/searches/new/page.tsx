import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { saveSearch } from '../../../../../lib/actions/saved-searches.ts';
import { browseHref, readBrowseQuery, type SearchParameters } from '../../../../../lib/browse-query.ts';
import { withKnownPlace } from '../../../../../lib/known-place.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { savedQueryOf } from '../../../../../lib/saved-query.ts';
import { requireMember } from '../../../../../lib/session.ts';
import { savedSearchFields } from '../../../../../ui/saved-search-fields.ts';
import { SavedSearchForm } from '../../../../../ui/saved-search-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<SearchParameters>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('saved.save'), robots: { index: false } };
}

/** Saves the search of this address. Who is not signed in does that first, and comes back here. */
export default async function SaveSearchPage({ params, searchParams }: Props) {
  const { lang } = await params;
  const typed = readBrowseQuery(await searchParams);
  await requireMember(lang, browseHref(paths.saveSearch(lang), typed, {}));
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  const query = withKnownPlace(typed, marketplace.places);
  const search = savedQueryOf(query, marketplace.currency);
  return (
    <section className="max-w-xl space-y-4">
      <h1 className="text-3xl font-bold">{t('saved.save')}</h1>
      {query.q !== undefined && <p className="text-lg font-semibold">{query.q}</p>}
      <p className="text-ink-muted">{t('saved.explained')}</p>
      <div className="card p-5">
        <SavedSearchForm
          action={saveSearch.bind(null, lang, search)}
          idempotencyKey={randomUUID()}
          {...savedSearchFields(t, { name: '', alerts: ['new', 'price_drop'], delivery: 'daily' })}
        />
      </div>
    </section>
  );
}
