import type { Metadata } from 'next';
import { Fragment } from 'react';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../../lib/format.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { refundsOf } from '../../../../../lib/money-parts.ts';
import { paths } from '../../../../../lib/paths.ts';
import { currentMember } from '../../../../../lib/session.ts';
import { AddressCard } from '../../../../../ui/address-card.tsx';
import { Icon } from '../../../../../ui/icon.tsx';
import { LicenseList } from '../../../../../ui/license-list.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { OrderDocuments } from '../../../../../ui/order-documents.tsx';
import { OrderGroup } from '../../../../../ui/order-group.tsx';
import { Returns } from '../../../../../ui/returns.tsx';
import { Totals } from '../../../../../ui/totals.tsx';
import { WriteReviews } from '../../../../../ui/write-reviews.tsx';

/** Returns on one page; few orders have more. */
const RETURNS_MAX = 50;

type Props = {
  readonly params: Promise<{ lang: string; orderId: string }>;
  readonly searchParams: Promise<{ placed?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.order, robots: { index: false } };
}

/** An order as its buyer sees it, member or guest. */
export default async function OrderPage({ params, searchParams }: Props) {
  const [{ lang, orderId }, { placed }] = [await params, await searchParams];
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const order = await orNotFound(client.orders.getOrder({ orderId }));
  const { items: returns } = await client.orders.listReturns({ orderId: order.id, limit: RETURNS_MAX });
  const isGuest = (await currentMember()) === undefined;
  const purchases =
    isGuest || !marketplace.features.reviews
      ? []
      : (await client.reviews.listReviewablePurchases({ orderId: order.id, limit: 100 })).items;
  const hasDigital = order.groups.some(({ lines }) => lines.some(({ kind }) => kind === 'digital'));
  const licenses = hasDigital ? (await client.orders.listOrderLicenses({ orderId: order.id })).items : [];
  const { back, waiting } = refundsOf(order.refunded, order.groups);
  return (
    <div className="space-y-6">
      {placed !== undefined && (
        <section role="status" className="card flex items-center gap-4 p-5">
          <span className="grid size-12 shrink-0 place-items-center rounded-full bg-success text-on-success">
            <Icon name="check" size={28} />
          </span>
          <div>
            <p className="font-heading text-xl font-bold">{t('order.placed')}</p>
            <p className="text-ink-muted">{t('order.placedHint')}</p>
          </div>
        </section>
      )}
      <header>
        <h1 className="text-3xl font-bold">{t('order.title', { number: order.number })}</h1>
        <p className="text-ink-muted">{formatDateTime(order.placedTime, lang)}</p>
      </header>
      {licenses.length > 0 && <LicenseList lang={lang} licenses={licenses} />}
      {order.groups.map((group) => (
        <Fragment key={group.id}>
          <OrderGroup lang={lang} orderId={order.id} group={group} isMembers={order.isMembers} />
          <Returns lang={lang} orderId={order.id} group={group} returns={returns} />
        </Fragment>
      ))}
      <WriteReviews lang={lang} purchases={purchases} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 sm:grid-cols-2">
        {order.address !== null && <AddressCard title={t('order.address')} lang={lang} address={order.address} />}
        <section className="card p-5" aria-label={t('cart.summary')}>
          <Totals totals={order} lang={lang} />
          {back.amountMinor > 0 && (
            <p className="mt-2 flex justify-between font-semibold text-success">
              <span>{t('order.refunded')}</span>
              <span>{formatMoney(back, lang)}</span>
            </p>
          )}
          {waiting.amountMinor > 0 && (
            <p className="mt-2 flex justify-between font-semibold">
              <span>{t('order.refundWaits')}</span>
              <span>{formatMoney(waiting, lang)}</span>
            </p>
          )}
          {order.payment !== null && order.payment.fromWallet.amountMinor > 0 && (
            <p className="mt-2 text-sm text-ink-muted">
              {t('wallet.pays', { name: marketplace.wallet?.name ?? '' })}:{' '}
              {formatMoney(order.payment.fromWallet, lang)}
            </p>
          )}
          {order.payment?.last4 != null && (
            <p className="mt-2 text-sm text-ink-muted">
              {order.payment.brand} •••• {order.payment.last4}
            </p>
          )}
        </section>
      </div>
      <OrderDocuments lang={lang} order={order} isBuyer />
      {isGuest && (
        <aside className="card flex flex-wrap items-center justify-between gap-4 p-5">
          <p className="max-w-prose">{t('order.keep', { email: order.email ?? '' })}</p>
          <Link href={paths.signUp(lang, paths.orders(lang))} className="button button-outline">
            {t('signUp.title')}
          </Link>
        </aside>
      )}
    </div>
  );
}
