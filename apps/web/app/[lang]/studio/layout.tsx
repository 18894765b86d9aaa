import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { requireMember } from '../../../lib/session.ts';
import { myStore } from '../../../lib/studio.ts';
import { SectionNav } from '../../../ui/section-nav.tsx';

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> };

/** No title here: it would take the marketplace's name from the titles of the pages below. */
export const metadata: Metadata = { robots: { index: false } };

/** The seller's pages beside their menu; before there is a store, just the form that opens one. */
export default async function StudioLayout({ children, params }: Props) {
  const { lang } = await params;
  await requireMember(lang, paths.studio(lang));
  const [{ words, features }, store, t] = [await getMarketplace(lang), await myStore(), translator(lang)];
  if (store === undefined) return <div className="page max-w-3xl space-y-6 py-8">{children}</div>;
  const links = [
    { href: paths.studio(lang), label: t('studio.dashboard') },
    { href: paths.studioListings(lang), label: words.listings },
    { href: paths.studioSales(lang), label: t('studio.sales') },
    ...(features.offers ? [{ href: paths.studioOffers(lang), label: t('studio.offers') }] : []),
    ...(features.reviews ? [{ href: paths.studioReviews(lang), label: t('review.title') }] : []),
    { href: paths.studioBalance(lang), label: t('studio.balance') },
    { href: paths.studioDocuments(lang), label: t('documents.title') },
    { href: paths.studioPlan(lang), label: t('plan.title') },
    { href: paths.studioCoupons(lang), label: t('studio.coupons') },
    { href: paths.studioImport(lang), label: t('studio.import') },
    { href: paths.studioStore(lang), label: t('studio.store') },
  ];
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <aside className="space-y-3">
        <p className="px-3 font-heading text-lg font-bold">{store.name}</p>
        <SectionNav label={words.studio} links={links} />
      </aside>
      <div className="min-w-0 space-y-6">{children}</div>
    </div>
  );
}
