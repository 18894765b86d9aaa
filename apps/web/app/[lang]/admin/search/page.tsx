import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { saveSearchRules } from '../../../../lib/actions/search-rules.ts';
import { api } from '../../../../lib/api.ts';
import { translator } from '../../../../lib/messages.ts';
import { RANKING_FIELDS, writeBoosts, writeCurations, writeSynonyms } from '../../../../lib/search-rules.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { IndexCheckCard } from '../../../../ui/index-check.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('searchRules.title') };
}

/** Synonyms, words that say nothing, results by hand; and whether the index has what is on sale. */
export default async function SearchRulesPage({ params }: Props) {
  const { lang } = await params;
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const [{ synonyms, stopWords, curations, ranking, boosts, version }, { check }] = await Promise.all([
    client.search.getSearchRules({}),
    client.search.getSearchIndexCheck({}),
  ]);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('searchRules.title')}</h1>
      <p className="max-w-prose text-ink-muted">{t('searchRules.hint')}</p>
      <SimpleForm
        action={saveSearchRules.bind(null, lang, version)}
        className="card space-y-4 p-4"
        fields={[
          {
            name: 'synonyms',
            label: t('searchRules.synonyms'),
            hint: t('searchRules.synonymsHint'),
            rows: 6,
            defaultValue: writeSynonyms(synonyms),
          },
          {
            name: 'stopWords',
            label: t('searchRules.stopWords'),
            hint: t('searchRules.stopWordsHint'),
            rows: 2,
            defaultValue: stopWords.join(', '),
          },
          {
            name: 'curations',
            label: t('searchRules.curations'),
            hint: t('searchRules.curationsHint'),
            rows: 6,
            defaultValue: writeCurations(curations),
          },
          {
            name: 'boosts',
            label: t('searchRules.boosts'),
            hint: t('searchRules.boostsHint'),
            rows: 4,
            defaultValue: writeBoosts(boosts),
          },
          ...RANKING_FIELDS.map((name) => ({
            name: `ranking.${name}`,
            label: t(`searchRules.${name}`),
            hint: t(`searchRules.${name}Hint`),
            inputMode: 'numeric' as const,
            maxLength: 3,
            defaultValue: String(ranking[name]),
          })),
        ]}
        submit={t('account.save')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
      />
      <IndexCheckCard lang={lang} check={check} />
    </>
  );
}
