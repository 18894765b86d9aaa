import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { checkImport } from '../../../../lib/actions/imports.ts';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { importChoices } from '../../../../ui/import-choices.ts';
import { ImportForm } from '../../../../ui/import-form.tsx';
import { ImportJobs } from '../../../../ui/import-jobs.tsx';

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
  const page = await client.catalog.listImports({ storeId: store.id, limit: 20, cursor });
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
          choices={importChoices(t, marketplace, page.items[0]?.options)}
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
      <ImportJobs lang={lang} page={page} />
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
