import { randomUUID } from 'node:crypto';
import type { Order } from '@plaza/orders/contract';
import { refundLines } from '../lib/actions/returns.ts';
import { refundPart } from '../lib/actions/studio-money.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { AddressCard } from './address-card.tsx';
import { BankClaims } from './bank-claims.tsx';
import { LineRefundForm } from './line-refund-form.tsx';
import { OrderDocuments } from './order-documents.tsx';
import { OrderGroup } from './order-group.tsx';
import { refundToField } from './refund-to.ts';
import { Returns } from './returns.tsx';
import { SimpleForm } from './simple-form.tsx';

/** Returns on one page; few orders have more. */
const RETURNS_MAX = 50;

/** An order as its seller or an operator works on it. */
export async function Sale({ lang, order }: { lang: string; order: Order }) {
  const [{ wallet }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { items: returns } = await client.orders.listReturns({ orderId: order.id, limit: RETURNS_MAX });
  const refundTo = order.isMembers ? refundToField(t, wallet?.name) : undefined;
  return (
    <>
      <header>
        <h1 className="text-3xl font-bold">{t('order.title', { number: order.number })}</h1>
        <p className="text-ink-muted">
          {[formatDateTime(order.placedTime, lang), order.email].filter(Boolean).join(' · ')}
        </p>
      </header>
      {order.note !== null && order.note !== '' && (
        <p className="card p-5">
          <span className="font-semibold">{t('field.note')}:</span> {order.note}
        </p>
      )}
      <BankClaims lang={lang} order={order} />
      {order.groups.map((group) => {
        const rows = [
          { label: t('total.subtotal'), amount: group.subtotal },
          { label: t('total.discount'), amount: group.discount },
          { label: t('total.shipping'), amount: group.shipping },
          { label: t('total.total'), amount: group.total },
          { label: t('order.refunded'), amount: group.refunded },
          { label: t('sale.commission'), amount: group.commission },
          { label: t('sale.earnings'), amount: group.earnings, isResult: true },
        ];
        return (
          <div key={group.id} className="space-y-4">
            <OrderGroup lang={lang} orderId={order.id} group={group} isBuyer={false} isMembers={order.isMembers} />
            <Returns lang={lang} orderId={order.id} group={group} returns={returns} />
            <section className="card space-y-3 p-5" aria-label={t('cart.summary')}>
              <dl className="max-w-md space-y-1">
                {rows.map(({ label, amount, isResult }) =>
                  amount === undefined || (amount.amountMinor === 0 && amount !== group.total && !isResult) ? null : (
                    <div
                      key={label}
                      className={`flex justify-between gap-4 ${isResult ? 'border-t border-line pt-1 font-bold' : ''}`}
                    >
                      <dt>{label}</dt>
                      <dd>{formatMoney(amount, lang)}</dd>
                    </div>
                  ),
                )}
              </dl>
              {group.isRefundable && (
                <details>
                  <summary className="button button-outline w-fit list-none">{t('lineRefund.title')}</summary>
                  <div className="max-w-md pt-4">
                    <LineRefundForm
                      action={refundLines.bind(null, lang, {
                        orderId: order.id,
                        groupId: group.id,
                        lineIds: group.lines.map(({ id }) => id),
                      })}
                      lines={group.lines
                        .filter(({ quantity, refundedQuantity }) => quantity > refundedQuantity)
                        .map(({ id, title, kind, quantity, refundedQuantity }) => ({
                          id,
                          label: t('return.quantity', { title, count: quantity - refundedQuantity }),
                          isGoods: kind === 'physical',
                        }))}
                      hasShipping={group.isShippingRefundable}
                      texts={{
                        restock: t('return.restock'),
                        shipping: t('return.shipping'),
                        reason: t('order.reason'),
                        submit: t('lineRefund.title'),
                        pending: t('form.pending'),
                      }}
                      idempotencyKey={randomUUID()}
                    />
                  </div>
                </details>
              )}
              {group.isRefundable && (
                <details>
                  <summary className="button button-outline w-fit list-none">{t('sale.refund')}</summary>
                  <div className="max-w-md pt-4">
                    <SimpleForm
                      action={refundPart.bind(null, lang, {
                        orderId: order.id,
                        groupId: group.id,
                        currency: group.total.currency,
                      })}
                      fields={[
                        {
                          name: 'amount',
                          label: t('edit.amount', { currency: group.total.currency }),
                          required: true,
                          inputMode: 'decimal',
                          hint: `${t('total.total')}: ${formatMoney(group.total, lang)}`,
                        },
                        { name: 'reason', label: t('order.reason'), required: true, maxLength: 500 },
                        ...(refundTo === undefined ? [] : [refundTo]),
                      ]}
                      submit={t('sale.refund')}
                      pending={t('form.pending')}
                      buttonClassName="button button-danger"
                      idempotencyKey={randomUUID()}
                    />
                  </div>
                </details>
              )}
            </section>
          </div>
        );
      })}
      <OrderDocuments lang={lang} order={order} />
      {order.address !== null && <AddressCard title={t('order.address')} lang={lang} address={order.address} />}
    </>
  );
}
