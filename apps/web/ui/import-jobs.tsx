import type { ImportJob } from '@plaza/catalog/contract';
import { formatDateTime, formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { StateBadge } from './order-list.tsx';

type Props = {
  readonly lang: string;
  readonly page: { readonly items: readonly ImportJob[]; readonly nextCursor: string | null };
};

/** Imports of before, each with how it stands. */
export function ImportJobs({ lang, page: { items, nextCursor } }: Props) {
  const t = translator(lang);
  return (
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
  );
}
