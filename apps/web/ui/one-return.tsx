import { randomUUID } from 'node:crypto';
import type { Return, ShipmentGroup } from '@plaza/orders/contract';
import { takeReturnAction } from '../lib/actions/returns.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { OrderActionForm } from './order-action-form.tsx';
import { StateBadge } from './order-list.tsx';
import { ReceivedForm } from './received-form.tsx';
import { StateNews } from './state-news.tsx';
import { Timeline } from './timeline.tsx';

const CONDITIONS = ['as_sold', 'opened', 'damaged'] as const;

type Props = { readonly lang: string; readonly group: ShipmentGroup; readonly one: Return };

/** A return: what goes back and why, what its reader may do now, and what happened so far. */
export function OneReturn({ lang, group, one }: Props) {
  const t = translator(lang);
  const isBuyer = group.commission === undefined;
  return (
    <section className="card space-y-4 p-5" aria-label={t('return.title')}>
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-bold">{t('return.title')}</h2>
        <StateNews stamp={one.state}>
          <StateBadge label={textIn(one.stateLabel, lang)} isFinal={one.isFinal} />
        </StateNews>
      </header>
      <WhatGoesBack lang={lang} one={one} />
      {one.actions.length > 0 && <Actions lang={lang} group={group} one={one} />}
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

function WhatGoesBack({ lang, one }: Pick<Props, 'lang' | 'one'>) {
  const t = translator(lang);
  return (
    <>
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
    </>
  );
}

/** What its reader may do now: each action is a form of its own. */
async function Actions({ lang, group, one }: Props) {
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  const take = (action: string) =>
    takeReturnAction.bind(
      null,
      lang,
      { orderId: one.orderId, returnId: one.id, lineIds: one.lines.map(({ lineId }) => lineId) },
      action,
    );
  const carriers = marketplace.shipping.carriers.map(({ id, name }) => ({ id, name }));
  return (
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
  );
}
