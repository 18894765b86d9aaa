import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../../lib/api.ts';
import { translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { Empty } from '../../../../../../ui/empty.tsx';
import { Link } from '../../../../../../ui/link.tsx';
import { NextPage } from '../../../../../../ui/next-page.tsx';
import { OperatorListing } from '../../../../../../ui/operator-listing.tsx';

type Props = {
  readonly params: Promise<{ lang: string; id: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.copies') };
}

/** Who else shows a listing's pictures: moderators look here before they suspend one of them. */
export default async function ListingCopiesPage({ params, searchParams }: Props) {
  const [{ lang, id: listingId }, { cursor }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const [client, t] = [await api(lang), translator(lang)];
  const [listing, page] = await Promise.all([
    orNotFound(client.catalog.getListing({ listingId })),
    orNotFound(client.search.listCopies({ listingId, limit: 20, cursor })),
  ]);
  return (
    <>
      <div>
        <h1 className="text-3xl font-bold">{t('admin.copies')}</h1>
        <p className="mt-2 max-w-prose text-ink-muted">{t('admin.copiesHint')}</p>
        <p className="mt-2">
          <Link href={paths.listing(lang, listing.slug)} className="link">
            {listing.title}
          </Link>
        </p>
      </div>
      {page.items.length === 0 ? (
        <Empty icon="tag" title={t('admin.noCopies')} />
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map(({ listing: copy, reason }) => (
            <OperatorListing
              key={copy.id}
              lang={lang}
              listing={{ ...copy, state: 'published' }}
              note={t('admin.copySimilarity', { percent: String(Math.round(reason.similarity * 100)) })}
            />
          ))}
        </ul>
      )}
      <NextPage path={paths.adminListingCopies(lang, listingId)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
