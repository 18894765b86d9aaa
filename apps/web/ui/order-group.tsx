import { randomUUID } from 'node:crypto';
import type { ShipmentGroup } from '@plaza/orders/contract';
import Link from 'next/link';
import { takeOrderAction } from '../lib/actions/orders.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Dispute } from './dispute.tsx';
import { Icon } from './icon.tsx';
import { MoneyPath } from './money-path.tsx';
import { OrderActionForm } from './order-action-form.tsx';
import { StateBadge } from './order-list.tsx';
import { refundToField } from './refund-to.ts';
import { Thumb } from './thumb.tsx';
import { Timeline } from './timeline.tsx';

/** One store's part of an order: how it stands, what the reader may do now, and what happened. For buyers and sellers. */
export async function OrderGroup({
  lang,
  orderId,
  group,
  isBuyer = true,
  isMembers = false,
}: {
  lang: string;
  orderId: string;
  group: ShipmentGroup;
  isBuyer?: boolean;
  /** Whether the order is a member's, whose wallet money may go back to. */
  isMembers?: boolean;
}) {
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  const carrier = marketplace.shipping.carriers.find(({ id, name }) => id === group.carrier || name === group.carrier);
  const safePoint = marketplace.shipping.meetUp.safePoints.find(({ id }) => id === group.safePointId);
  // Downloading is offered with the files themselves.
  const actions = group.actions.filter(({ name }) => name !== 'download');
  return (
    <section className="card space-y-4 p-5" aria-label={group.storeName}>
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="flex items-center gap-2 font-bold">
          <Icon name="store" />
          <Link href={paths.store(lang, group.storeSlug)} className="hover:underline">
            {group.storeName}
          </Link>
        </h2>
        <StateBadge label={textIn(group.stateLabel, lang)} isFinal={group.isFinal} />
      </header>
      <ul className="divide-y divide-line">
        {group.lines.map((line) => (
          <li key={line.id} className="flex items-center gap-4 py-3">
            <Thumb url={line.imageUrl} />
            <div className="min-w-0 grow">
              <Link href={paths.listing(lang, line.listingSlug)} className="font-medium hover:underline">
                {line.title}
              </Link>
              <p className="text-sm text-ink-muted">
                {[line.variantTitle, `${line.quantity} × ${formatMoney(line.unitPrice, lang)}`]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {line.refundedQuantity > 0 && (
                <p className="text-sm font-medium">{t('lineRefund.refunded', { count: line.refundedQuantity })}</p>
              )}
            </div>
            <p className="font-semibold">{formatMoney(line.total, lang)}</p>
          </li>
        ))}
      </ul>
      {group.shippingName !== null && (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Icon name="truck" className="text-ink-muted" />
          {group.shippingName}
          {safePoint !== undefined && ` · ${t('order.safePoint')}: ${safePoint.name}`}
        </p>
      )}
      {group.trackingNumber !== null && (
        <p className="text-sm">
          {t('order.tracking')}: {carrier?.name ?? group.carrier}{' '}
          {carrier?.trackingUrl === undefined ? (
            group.trackingNumber
          ) : (
            <a
              className="link"
              rel="noreferrer"
              target="_blank"
              href={carrier.trackingUrl.replace('{number}', encodeURIComponent(group.trackingNumber))}
            >
              {group.trackingNumber}
            </a>
          )}
        </p>
      )}
      {actions.length > 0 && (
        <div className="flex flex-wrap items-start gap-2">
          {actions.map(({ name, label, asks, isDestructive, givesBack }) => (
            <OrderActionForm
              key={name}
              action={takeOrderAction.bind(
                null,
                lang,
                { orderId, groupId: group.id, currency: group.total.currency },
                name,
              )}
              label={textIn(label, lang)}
              asks={asks.filter((ask) => ask !== 'priceMinor' && ask !== 'restock')}
              isDestructive={isDestructive}
              refundTo={givesBack && isMembers ? refundToField(t, marketplace.wallet?.name) : undefined}
              carriers={marketplace.shipping.carriers.map(({ id, name: carrierName }) => ({ id, name: carrierName }))}
              texts={{
                carrier: t('order.carrier'),
                trackingNumber: t('order.trackingNumber'),
                reason: t('order.reason'),
                proof: t('order.proof'),
                refundMinor: t('dispute.refund', { currency: group.total.currency }),
                pending: t('form.pending'),
              }}
              idempotencyKey={randomUUID()}
            />
          ))}
        </div>
      )}
      <MoneyPath lang={lang} group={group} />
      {group.dispute !== null && <Dispute lang={lang} orderId={orderId} group={group} dispute={group.dispute} />}
      <details open={!group.isFinal}>
        <summary className="mb-2 font-semibold">{t('order.timeline')}</summary>
        <Timeline
          entries={group.timeline.map((entry) => ({
            key: `${entry.action}-${entry.time}`,
            title: textIn(entry.label, lang),
            detail: Object.entries(entry.details)
              .map(([name, value]) =>
                name.endsWith('Minor')
                  ? formatMoney({ amountMinor: Number(value), currency: group.total.currency }, lang)
                  : value,
              )
              .join(' · '),
            by: t(entry.by === 'buyer' && !isBuyer ? 'role.buyer' : `actor.${entry.by}`),
            time: formatDateTime(entry.time, lang),
          }))}
        />
      </details>
    </section>
  );
}
