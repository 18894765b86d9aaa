import { randomUUID } from 'node:crypto';
import { type FailedRefund, refundReason } from '@plaza/payments/contract';
import { retryRefund, settleRefundByHand } from '../lib/actions/after-sale.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { orderNumbers } from '../lib/order-numbers.ts';
import { paths } from '../lib/paths.ts';
import { Empty } from './empty.tsx';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { SimpleForm } from './simple-form.tsx';

/** Refunds that no provider sends: tried again, or sent by hand. */
export async function FailedRefunds({ lang, cursor }: { lang: string; cursor: string | undefined }) {
  const [client, t] = [await api(lang), translator(lang)];
  const page = { limit: 20, cursor };
  const { items, nextCursor } = await client.payments.listFailedRefunds(page);
  const numbers = await orderNumbers(
    client,
    items.map(({ orderId }) => orderId),
  );
  return (
    <>
      {items.length === 0 && <Empty icon="check" title={t('admin.nothing')} />}
      <ul className="space-y-3">
        {items.map((refund) => (
          <FailedRefundCard
            key={refund.id}
            lang={lang}
            refund={refund}
            orderNumber={numbers.get(refund.orderId ?? '')}
          />
        ))}
      </ul>
      <NextPage path={paths.adminRefunds(lang)} cursor={nextCursor} label={t('browse.more')} />
    </>
  );
}

type CardProps = { readonly lang: string; readonly refund: FailedRefund; readonly orderNumber: string | undefined };

function FailedRefundCard({ lang, refund, orderNumber }: CardProps) {
  const t = translator(lang);
  return (
    <li className="card space-y-4 p-5">
      <div className="flex flex-wrap justify-between gap-2">
        <div className="min-w-40 grow">
          <p className="font-semibold [overflow-wrap:anywhere]">{refund.reason}</p>
          {refund.failureReason !== null && <p>{textIn(refundReason(refund.failureReason), lang)}</p>}
          <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">
            {refund.provider} · {formatDateTime(refund.createdTime, lang)}
          </p>
          {refund.attempts > 0 && (
            <p className="text-sm text-ink-muted">{t('failedRefund.attempts', { count: refund.attempts })}</p>
          )}
          {refund.orderId !== null && (
            <Link className="link" href={paths.adminOrder(lang, refund.orderId)}>
              {t('order.title', { number: orderNumber ?? '' })}
            </Link>
          )}
        </div>
        <p className="font-heading text-lg font-bold">
          {formatMoney({ amountMinor: refund.amountMinor, currency: refund.currency }, lang)}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-3">
        {refund.failureReason !== 'refunds_not_supported' && (
          <SimpleForm
            action={retryRefund.bind(null, lang, refund.id)}
            fields={[]}
            submit={t('failedRefund.retry')}
            pending={t('form.pending')}
            idempotencyKey={`${refund.id}-${refund.attempts}`}
          />
        )}
        <details className="w-full max-w-md rounded-medium open:border open:border-line open:p-4">
          <summary className="button button-outline w-fit list-none">{t('failedRefund.byHand')}</summary>
          <div className="pt-4">
            <SimpleForm
              action={settleRefundByHand.bind(null, lang, refund.id)}
              fields={[
                { name: 'reference', label: t('failedRefund.reference'), required: true, maxLength: 100 },
                { name: 'note', label: t('failedRefund.note'), maxLength: 500 },
              ]}
              submit={t('failedRefund.byHand')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
            />
          </div>
        </details>
      </div>
    </li>
  );
}
