import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { createDownload } from '../../../../lib/actions/orders.ts';
import { api } from '../../../../lib/api.ts';
import { formatDate } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { DownloadForm } from '../../../../ui/download-form.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { Thumb } from '../../../../ui/thumb.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.library, robots: { index: false } };
}

/** What the member bought to download: licenses with their files. */
export default async function LibraryPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireMember(lang, paths.library(lang));
  const [{ words, licenses }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const page = await client.orders.listLicenses({ limit: 20, ...(cursor === undefined ? {} : { cursor }) });
  return (
    <>
      <h1 className="text-3xl font-bold">{words.library}</h1>
      {page.items.length === 0 && (
        <Empty
          icon="download"
          title={t('library.empty')}
          action={{
            href: paths.browse(lang),
            label: t('home.browse', { listings: words.listings.toLocaleLowerCase(lang) }),
          }}
        />
      )}
      <ul className="space-y-3">
        {page.items.map((license) => {
          const terms = licenses.find(({ id }) => id === license.code);
          return (
            <li key={license.id} className="card flex flex-wrap items-start gap-4 p-4">
              <Thumb url={license.imageUrl} size={88} />
              <div className="min-w-0 grow basis-56 space-y-1">
                <h2 className="font-semibold">
                  <Link href={paths.listing(lang, license.listingSlug)} className="hover:underline">
                    {license.title}
                  </Link>
                </h2>
                <p className="text-sm text-ink-muted">
                  {[license.storeName, terms?.name, t('library.since', { date: formatDate(license.issuedTime, lang) })]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {terms !== undefined && <p className="text-sm">{terms.summary}</p>}
                <p className="font-mono text-sm">{license.key}</p>
              </div>
              {license.state === 'active' ? (
                <DownloadForm
                  action={createDownload.bind(null, lang, license.id)}
                  label={t('library.download', { name: '' }).trim()}
                  fileLabel={t('library.download', { name: '{name}' })}
                  subject={license.title}
                  pending={t('form.pending')}
                  idempotencyKey={randomUUID()}
                />
              ) : (
                <p className="text-sm text-danger">{t('library.revoked')}</p>
              )}
            </li>
          );
        })}
      </ul>
      <NextPage path={paths.library(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
