import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { monthOf } from '../../../../lib/period.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Link } from '../../../../ui/link.tsx';
import { MonthOfDocuments } from '../../../../ui/month-of-documents.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ month?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('documents.title') };
}

/** A store's papers of a month: its own, and what the marketplace charged it. */
export default async function DocumentsPage({ params, searchParams }: Props) {
  const [{ lang }, { month: asked, cursor }] = [await params, await searchParams];
  const path = paths.studioDocuments(lang);
  const store = await requireStore(lang, path);
  const [{ timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const month = monthOf(asked, timeZone, new Date());
  const page = await client.orders.listStoreDocuments({ storeId: store.id, month, limit: 50, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('documents.title')}</h1>
      <p className="max-w-prose text-ink-muted">
        {t('documents.hint')}{' '}
        <Link className="link" href={`${paths.studioStore(lang)}#documents`}>
          {t('documents.details')}
        </Link>
      </p>
      <MonthOfDocuments
        lang={lang}
        month={month}
        page={page}
        paths={{ screen: path, file: paths.studioDocumentsExport(lang, month) }}
      />
    </>
  );
}
