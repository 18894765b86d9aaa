import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { monthOf } from '../../../../lib/period.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { MonthOfDocuments } from '../../../../ui/month-of-documents.tsx';

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
  const page = await client.orders.listPlatformDocuments({ month, limit: 50, cursor });
  const path = paths.adminDocuments(lang);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('documents.title')}</h1>
      <p className="text-ink-muted">{t('documents.adminHint')}</p>
      <MonthOfDocuments
        lang={lang}
        month={month}
        page={page}
        paths={{ screen: path, file: paths.adminDocumentsExport(lang, month) }}
      />
    </>
  );
}
