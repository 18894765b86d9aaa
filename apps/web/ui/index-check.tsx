import { randomUUID } from 'node:crypto';
import type { IndexCheck } from '@plaza/search/contract';
import { checkSearchIndex } from '../lib/actions/search-quality.ts';
import { formatDateTime, formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';
import { Verdict } from './verdict.tsx';

/** Whether search had everything when it was last compared with the catalog, and a button to compare now. */
export function IndexCheckCard({ lang, check }: { lang: string; check: IndexCheck | null }) {
  const t = translator(lang);
  return (
    <section className="space-y-3" aria-labelledby="index-check">
      <h2 id="index-check" className="text-xl font-bold">
        {t('searchIndex.title')}
      </h2>
      <p className="max-w-prose text-ink-muted">{t('searchIndex.hint')}</p>
      {check === null ? <p className="card p-4">{t('searchIndex.notChecked')}</p> : <Last lang={lang} check={check} />}
      <SimpleForm
        action={checkSearchIndex.bind(null, lang)}
        fields={[]}
        submit={t('searchIndex.check')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-quiet"
      />
    </section>
  );
}

function Last({ lang, check }: { lang: string; check: IndexCheck }) {
  const t = translator(lang);
  const kinds = ['missing', 'outdated', 'extra'] as const;
  const count = kinds.reduce((sum, kind) => sum + check[kind], 0);
  const told = {
    count: formatNumber(count, lang),
    listings: formatNumber(check.listingCount, lang),
    time: formatDateTime(check.completedTime, lang),
  };
  // What differed is mended: the verdict is good either way.
  if (count === 0) return <Verdict isGood text={t('searchIndex.same', told)} />;
  return (
    <>
      <Verdict isGood text={t('searchIndex.mended', told)} />
      <dl className="card divide-y divide-line">
        {kinds.map((kind) => (
          <div key={kind} className="flex justify-between gap-4 p-4">
            <dt>{t(`searchIndex.${kind}`)}</dt>
            <dd className="font-semibold">{formatNumber(check[kind], lang)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
