import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { checkImport } from '../../../../lib/actions/imports.ts';
import { api } from '../../../../lib/api.ts';
import { categoryChoices } from '../../../../lib/categories.ts';
import { formatDateTime, formatNumber } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { ImportForm } from '../../../../ui/import-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.import') };
}

export default async function ImportPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  const store = await requireStore(lang, paths.studioImport(lang));
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { items, nextCursor } = await client.catalog.listImports({
    storeId: store.id,
    limit: 20,
    ...(cursor === undefined ? {} : { cursor }),
  });
  // A store's files are alike: what the last one needed, the next one does.
  const last = items[0]?.options;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('studio.import')}</h1>
      <section className="card space-y-4 p-5" aria-labelledby="import">
        <h2 id="import" className="text-xl font-bold">
          {t('import.title')}
        </h2>
        <p className="text-ink-muted">{t('import.hint')}</p>
        <ImportForm
          lang={lang}
          action={checkImport.bind(null, lang, store.id)}
          choices={[
            {
              name: 'format',
              label: t('import.format'),
              options: [
                { value: 'auto', label: t('import.auto') },
                { value: 'shopify-csv', label: 'Shopify CSV' },
                { value: 'plain-csv', label: 'CSV' },
                { value: 'ndjson', label: 'NDJSON' },
                { value: 'json', label: 'JSON' },
              ],
            },
            {
              name: 'encoding',
              label: t('import.encoding'),
              defaultValue: last?.encoding,
              options: [
                { value: '', label: t('import.unicode') },
                { value: 'windows-1252', label: t('import.western') },
                { value: 'windows-874', label: t('import.thai') },
                { value: 'shift_jis', label: t('import.japanese') },
              ],
            },
            {
              name: 'kind',
              label: t('edit.kind'),
              defaultValue: last?.kind,
              options: marketplace.listingKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
            },
            {
              name: 'defaultCategoryId',
              label: t('import.category'),
              defaultValue: last?.defaultCategoryId,
              options: [
                { value: '', label: t('import.refuse') },
                ...categoryChoices(marketplace.categories).map(({ id, name }) => ({ value: id, label: name })),
              ],
            },
            {
              name: 'defaultCondition',
              label: t('import.condition'),
              defaultValue: last?.defaultCondition,
              options: [
                { value: '', label: t('edit.none') },
                ...marketplace.conditions.map(({ id, label }) => ({ value: id, label })),
              ],
            },
            {
              name: 'defaultState',
              label: t('import.state'),
              defaultValue: last?.defaultState,
              options: [
                { value: 'published', label: t('state.published') },
                { value: 'draft', label: t('state.draft') },
              ],
            },
          ]}
          texts={{
            file: t('import.file'),
            fileHint: t('import.fileHint'),
            paste: t('import.paste'),
            submit: t('import.check'),
            pending: t('form.pending'),
            uploading: t('edit.uploading'),
            ready: t('import.ready'),
            failed: t('edit.uploadFailed'),
            empty: t('import.empty'),
          }}
          idempotencyKey={randomUUID()}
        />
      </section>
      <section className="space-y-3" aria-labelledby="earlier">
        <h2 id="earlier" className="text-xl font-bold">
          {t('import.earlier')}
        </h2>
        {items.length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('import.none')}</p>
        ) : (
          <ul className="card divide-y divide-line">
            {items.map((job) => (
              <li key={job.id} className="relative flex flex-wrap items-center justify-between gap-3 p-4">
                <Link href={paths.studioImportJob(lang, job.id)} className="font-medium after:absolute after:inset-0">
                  {formatDateTime(job.createdTime, lang)}
                </Link>
                <span className="text-sm text-ink-muted">
                  {t('import.rows', { count: formatNumber(job.counts.rows, lang) })}
                </span>
                <StateBadge label={t(`import.${job.state}`)} isFinal={job.completedTime !== null} />
              </li>
            ))}
          </ul>
        )}
        <NextPage path={paths.studioImport(lang)} cursor={nextCursor} label={t('browse.more')} />
      </section>
      <section className="card space-y-3 p-5" aria-labelledby="export">
        <h2 id="export" className="text-xl font-bold">
          {t('export.title')}
        </h2>
        <p className="text-ink-muted">{t('export.hint')}</p>
        <p className="flex flex-wrap gap-2">
          {/* Plain links: they answer a file, not a page. */}
          <a className="button button-outline" href={paths.studioExport(lang, 'shopify-csv')}>
            Shopify CSV
          </a>
          <a className="button button-outline" href={paths.studioExport(lang, 'ndjson')}>
            NDJSON
          </a>
        </p>
      </section>
    </>
  );
}
