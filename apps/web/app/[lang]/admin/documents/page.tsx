import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { monthOf } from '../../../../lib/period.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { DocumentTable } from '../../../../ui/document-table.tsx';
import { MonthForm } from '../../../../ui/month-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ month?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('documents.title') };
}

/** What the marketplace charged its stores. */
export default async function AdminDocumentsPage({ params, searchParams }: Props) {
  const [{ lang }, { month: asked, cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [{ timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const month = monthOf(asked, timeZone, new Date());
  const page = { limit: 50, cursor };
  const { items, nextCursor } = await client.orders.listPlatformDocuments({ month, ...page });
  const path = paths.adminDocuments(lang);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('documents.title')}</h1>
      <p className="text-ink-muted">{t('documents.adminHint')}</p>
      <MonthForm action={path} month={month} labels={{ month: t('documents.month'), show: t('statement.show') }} />
      {items.length > 0 && (
        <p>
          <a className="link" href={paths.adminDocumentsExport(lang, month)} rel="nofollow">
            {t('documents.csv')}
          </a>
        </p>
      )}
      <DocumentTable documents={items} lang={lang} t={t} />
      <NextPage path={path} query={{ month }} cursor={nextCursor} label={t('browse.more')} />
    </>
  );
}
