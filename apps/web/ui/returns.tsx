import { randomUUID } from 'node:crypto';
import type { Return, ShipmentGroup } from '@plaza/orders/contract';
import { askReturn, takeReturnAction } from '../lib/actions/returns.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { OrderActionForm } from './order-action-form.tsx';
import { StateBadge } from './order-list.tsx';
import { ReceivedForm } from './received-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { StateNews } from './state-news.tsx';
import { Timeline } from './timeline.tsx';

const CONDITIONS = ['as_sold', 'opened', 'damaged'] as const;

type Props = {
  readonly lang: string;
  readonly group: ShipmentGroup;
  readonly orderId: string;
  readonly returns: readonly Return[];
};

/** What goes back of a store's part of an order: each return with what its reader may do, and, for the buyer, asking for one. */
export async function Returns({ lang, group, orderId, returns }: Props) {
  const own = returns.filter(({ groupId }) => groupId === group.id);
  const canAsk = group.returnTime !== null && Date.parse(group.returnTime) > Date.now();
  if (own.length === 0 && !canAsk) return null;
  const [t, member] = [translator(lang), await currentMember()];
  const lines = group.lines
    .map((line) => ({ ...line, left: line.quantity - line.refundedQuantity }))
    .filter(({ kind, left }) => kind !== 'digital' && left > 0);
  return (
    <div className="space-y-4">
      {own.map((each) => (
        <OneReturn key={each.id} lang={lang} group={group} one={each} />
      ))}
      {canAsk && (
        <details className="card p-5">
          <summary className="button button-outline w-fit list-none">{t('return.ask')}</summary>
          <div className="max-w-md space-y-4 pt-4">
            <p className="text-sm text-ink-muted">
              {t('return.until', { time: formatDateTime(group.returnTime ?? '', lang) })}
            </p>
            <ReturnForm
              lang={lang}
              action={askReturn.bind(null, lang, { orderId, groupId: group.id, lineIds: lines.map(({ id }) => id) })}
              lines={lines.map(({ id, title, left }) => ({
                id,
                left,
                label: t('return.quantity', { title, count: left }),
              }))}
              hasFiles={member !== undefined}
              texts={{
                reason: t('return.reason'),
                photos: t('return.photos'),
                remove: t('edit.remove'),
                submit: t('return.ask'),
                pending: t('form.pending'),
                uploading: t('edit.uploading'),
                failed: t('edit.uploadFailed'),
              }}
              idempotencyKey={randomUUID()}
            />
          </div>
        </details>
      )}
    </div>
  );
}

async function OneReturn({ lang, group, one }: { lang: string; group: ShipmentGroup; one: Return }) {
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  const isBuyer = group.commission === undefined;
  const take = (action: string) =>
    takeReturnAction.bind(
      null,
      lang,
      { orderId: one.orderId, returnId: one.id, lineIds: one.lines.map(({ lineId }) => lineId) },
      action,
    );
  const carriers = marketplace.shipping.carriers.map(({ id, name }) => ({ id, name }));
  return (
    <section className="card space-y-4 p-5" aria-label={t('return.title')}>
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-bold">{t('return.title')}</h2>
        <StateNews stamp={one.state}>
          <StateBadge label={textIn(one.stateLabel, lang)} isFinal={one.isFinal} />
        </StateNews>
      </header>
      <ul className="space-y-1">
        {one.lines.map((line) => (
          <li key={line.lineId}>
            {line.quantity} × {[line.title, line.variantTitle].filter(Boolean).join(' · ')}
            {line.condition !== null && (
              <span className="text-sm text-ink-muted">
                {' '}
                · {t(`return.condition.${line.condition}`)} ·{' '}
                {t(line.isRestocked ? 'return.restock' : 'return.notRestocked')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{one.reason}</p>
      {one.files.map(({ filename, url }) => (
        <a key={url} href={url} className="link block min-h-9 py-1 [overflow-wrap:anywhere]">
          {filename}
        </a>
      ))}
      {one.refund.amountMinor > 0 && (
        <p className="font-semibold">{t('return.expected', { amount: formatMoney(one.refund, lang) })}</p>
      )}
      {one.trackingNumber !== null && (
        <p className="text-sm">
          {t('order.tracking')}: {[one.carrier, one.trackingNumber].filter(Boolean).join(' ')}
        </p>
      )}
      {one.dueTime !== null && (
        <p className="text-sm text-ink-muted">{t('return.due', { time: formatDateTime(one.dueTime, lang) })}</p>
      )}
      {one.actions.length > 0 && (
        <div className="flex flex-wrap items-start gap-2">
          {one.actions.map(({ name, label, asks, isDestructive }) =>
            asks.includes('restock') ? (
              <ReceivedForm
                key={name}
                action={take(name)}
                label={textIn(label, lang)}
                lines={one.lines.map(({ lineId, title }) => ({ id: lineId, label: t('return.condition', { title }) }))}
                conditions={CONDITIONS.map((id) => ({ id, label: t(`return.condition.${id}`) }))}
                hasShipping={group.isShippingRefundable}
                texts={{
                  restock: t('return.restock'),
                  shipping: t('return.shipping'),
                  pending: t('form.pending'),
                }}
                idempotencyKey={randomUUID()}
              />
            ) : (
              <OrderActionForm
                key={name}
                action={take(name)}
                label={textIn(label, lang)}
                asks={asks.filter((ask) => ask !== 'priceMinor' && ask !== 'restock')}
                isDestructive={isDestructive}
                refundTo={undefined}
                carriers={carriers}
                texts={{
                  carrier: t('order.carrier'),
                  trackingNumber: t('order.trackingNumber'),
                  reason: t('order.reason'),
                  refundMinor: t('dispute.refund', { currency: group.total.currency }),
                  pending: t('form.pending'),
                }}
                idempotencyKey={randomUUID()}
              />
            ),
          )}
        </div>
      )}
      <details open={!one.isFinal}>
        <summary className="mb-2 font-semibold">{t('order.timeline')}</summary>
        <Timeline
          entries={one.history.map((entry) => ({
            key: `${entry.action}-${entry.time}`,
            title: textIn(entry.label, lang),
            detail: Object.values(entry.details).join(' · '),
            by: t(entry.by === 'buyer' && !isBuyer ? 'role.buyer' : `actor.${entry.by}`),
            time: formatDateTime(entry.time, lang),
          }))}
        />
      </details>
    </section>
  );
}
