import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { LicenseList } from '../../../../ui/license-list.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

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
  const [{ words }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const page = await client.orders.listLicenses({ limit: 20, cursor });
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
      <LicenseList lang={lang} licenses={page.items} />
      <NextPage path={paths.library(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
