import { randomUUID } from 'node:crypto';
import type { ImportJob } from '@plaza/catalog/contract';
import type { Metadata } from 'next';
import { startImport } from '../../../../../lib/actions/imports.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatDateTime, formatNumber } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireStore } from '../../../../../lib/studio.ts';
import { PlainActionForm } from '../../../../../ui/cart-forms.tsx';
import { ImportImageProblems } from '../../../../../ui/import-image-problems.tsx';
import { ImportMistakes } from '../../../../../ui/import-mistakes.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { StateBadge } from '../../../../../ui/order-list.tsx';
import { RefreshUntilDone } from '../../../../../ui/refresh.tsx';

type Props = {
  readonly params: Promise<{ lang: string; importId: string }>;
  readonly searchParams: Promise<{ cursor?: string; images?: string }>;
};

/** Pictures that could not be fetched are tried again minutes later. */
const RETRIED_MS = 20_000;

const COUNTS = ['rows', 'listings', 'variants', 'created', 'updated', 'unchanged', 'refused', 'images'] as const;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.import') };
}

/** How an import stands: what it would do or has done, and what is wrong with which row. */
export default async function ImportJobPage({ params, searchParams }: Props) {
  const [{ lang, importId }, { cursor, images }] = [await params, await searchParams];
  const path = paths.studioImportJob(lang, importId);
  await requireStore(lang, path);
  const [client, t] = [await api(lang), translator(lang)];
  const target = { importId };
  const [job, mistakes, problems] = await Promise.all([
    orNotFound(client.catalog.getImport(target)),
    orNotFound(client.catalog.listImportErrors({ ...target, limit: 50, cursor })),
    orNotFound(client.catalog.listImportImageProblems({ ...target, limit: 20, cursor: images })),
  ]);
  const isAtWork = ['waiting', 'checking', 'running'].includes(job.state);
  const isUnderWay = isAtWork || job.imagesWaiting > 0;
  return (
    <>
      {isUnderWay && <RefreshUntilDone everyMs={isAtWork || problems.items.length === 0 ? 2_000 : RETRIED_MS} />}
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="text-3xl font-bold">{t('import.job')}</h1>
        <StateBadge label={t(`import.${job.state}`)} isFinal={!isUnderWay} />
      </header>
      <p className="text-ink-muted">
        {formatDateTime(job.createdTime, lang)} · {job.format} ·{' '}
        <Link className="link" href={paths.studioImport(lang)}>
          {t('import.another')}
        </Link>
      </p>
      {isUnderWay && (
        <div role="status" className="space-y-2">
          <progress className="w-full" aria-label={t(`import.${job.state}`)} />
          {job.imagesWaiting > 0 && (
            <p>{t('import.imagesWaiting', { count: formatNumber(job.imagesWaiting, lang) })}</p>
          )}
        </div>
      )}
      {job.failure !== null && (
        <div role="alert" className="card space-y-1 border-danger p-4">
          {job.failureCode !== null && (
            <p className="font-medium text-danger">{t(`importFailure.${job.failureCode}`)}</p>
          )}
          <p lang="en" className="text-sm text-ink-muted">
            {job.failure}
          </p>
        </div>
      )}
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {COUNTS.map((key) => (
          <div key={key} className="card p-4">
            <dt className="text-sm text-ink-muted">{t(`count.${key}`)}</dt>
            <dd className="font-heading text-xl font-bold">{formatNumber(job.counts[key], lang)}</dd>
          </div>
        ))}
      </dl>
      {job.state === 'checked' && (
        <section className="card space-y-3 p-5">
          <p className="font-medium">{t(verdictOf(job))}</p>
          {job.counts.listings > job.counts.refused && (
            <PlainActionForm
              action={startImport.bind(null, lang, job.id)}
              idempotencyKey={randomUUID()}
              label={t('import.start')}
              className="button button-primary"
            />
          )}
        </section>
      )}
      <ImportMistakes lang={lang} mistakes={mistakes} count={job.errorCount} path={path} />
      <ImportImageProblems lang={lang} problems={problems} path={path} />
    </>
  );
}

/** What a checked file is good for. */
function verdictOf({ counts, errorCount }: ImportJob) {
  if (counts.listings === 0) return 'import.nothing';
  if (counts.refused === counts.listings) return 'import.allRefused';
  return errorCount === 0 ? 'import.clean' : 'import.withMistakes';
}
