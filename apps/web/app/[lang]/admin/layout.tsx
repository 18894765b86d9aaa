import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { requireOperator } from '../../../lib/studio.ts';
import { SectionNav } from '../../../ui/section-nav.tsx';

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> };

export const metadata: Metadata = { robots: { index: false } };

/** The operators' pages. To everyone else they do not exist. */
export default async function AdminLayout({ children, params }: Props) {
  const { lang } = await params;
  const member = await requireOperator('moderator', 'admin');
  const [{ words, paymentMethods, features }, t] = [await getMarketplace(lang), translator(lang)];
  const links = [
    { href: paths.adminListings(lang), label: words.listings },
    { href: paths.adminOrders(lang), label: words.orders },
    { href: paths.adminDisputes(lang), label: t('admin.disputes') },
    ...(features.reviews ? [{ href: paths.adminReviews(lang), label: t('review.title') }] : []),
    { href: paths.adminSearches(lang), label: t('searches.title') },
    ...(member.roles.includes('admin')
      ? [
          { href: paths.adminMembers(lang), label: t('admin.members') },
          { href: paths.adminLedger(lang), label: t('admin.ledger') },
          { href: paths.adminCommission(lang), label: t('purpose.commission') },
          { href: paths.adminDocuments(lang), label: t('documents.title') },
          { href: paths.adminReconciliation(lang), label: t('reconcile.title') },
          { href: paths.adminPayouts(lang), label: t('balance.payouts') },
          ...(paymentMethods.some(({ kind }) => kind === 'cash')
            ? [{ href: paths.adminParcels(lang), label: t('parcels.title') }]
            : []),
          { href: paths.adminRefunds(lang), label: t('failedRefund.list') },
          { href: paths.adminChargebacks(lang), label: t('chargeback.list') },
          { href: paths.adminSubscriptions(lang), label: t('admin.subscriptions') },
          { href: paths.adminTransfers(lang), label: t('bankTransfer.awaited') },
          { href: paths.adminCoins(lang), label: t('coin.paybacks') },
          { href: paths.adminSearch(lang), label: t('searchRules.title') },
          { href: paths.adminAudit(lang), label: t('admin.audit') },
        ]
      : []),
  ];
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <aside className="space-y-3">
        <p className="px-3 font-heading text-lg font-bold">{t('role.admin')}</p>
        <SectionNav label={t('role.admin')} links={links} />
      </aside>
      <div className="min-w-0 space-y-6">{children}</div>
    </div>
  );
}
