import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { changeSavedSearch, deleteSavedSearch, showSavedSearch } from '../../../../lib/actions/saved-searches.ts';
import { api, unlessAway } from '../../../../lib/api.ts';
import { formatNumber } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { savedSearchFields } from '../../../../ui/saved-search-fields.ts';
import { SavedSearchForm } from '../../../../ui/saved-search-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('saved.title'), robots: { index: false } };
}

/** A member's saved searches: what is new in each, what they are told of it, and its results. */
export default async function SavedSearchesPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireMember(lang, paths.savedSearches(lang));
  const [client, t] = [await api(lang), translator(lang)];
  const page = await unlessAway(client.discovery.listSavedSearches({ limit: 20, cursor }));
  if (page === undefined) return <p role="alert">{t('error.UNAVAILABLE')}</p>;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('saved.title')}</h1>
      {page.items.length === 0 && cursor === undefined && (
        <Empty
          icon="search"
          title={t('saved.none')}
          hint={t('saved.noneHint')}
          action={{ href: paths.search(lang), label: t('search.label') }}
        />
      )}
      <ul className="space-y-4">
        {page.items.map(({ id, version, name, alerts, delivery, newCount }) => (
          <li key={id} className="card space-y-3 p-4">
            <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
              <h2 className="min-w-0 grow text-lg font-semibold break-words">{name}</h2>
              {newCount > 0 && <span className="chip">{t('saved.new', { count: formatNumber(newCount, lang) })}</span>}
            </div>
            <p className="text-sm text-ink-muted">
              {[...alerts.map((kind) => t(`saved.alert.${kind}`)), t(`saved.delivery.${delivery}`)].join(' · ')}
            </p>
            <div className="flex flex-wrap items-center gap-4">
              <PlainActionForm
                action={showSavedSearch.bind(null, lang, id)}
                idempotencyKey={randomUUID()}
                label={t('saved.show')}
                className="button button-quiet"
              />
              <PlainActionForm
                action={deleteSavedSearch.bind(null, lang, id)}
                idempotencyKey={randomUUID()}
                label={t('saved.delete')}
                className="link"
              />
            </div>
            <details key={version}>
              <summary className="link w-fit text-sm">{t('saved.change')}</summary>
              <div className="max-w-xl pt-3">
                <SavedSearchForm
                  action={changeSavedSearch.bind(null, lang, { id, version })}
                  idempotencyKey={randomUUID()}
                  {...savedSearchFields(t, { name, alerts, delivery })}
                />
              </div>
            </details>
          </li>
        ))}
      </ul>
      <NextPage path={paths.savedSearches(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
