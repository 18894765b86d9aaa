import { randomUUID } from 'node:crypto';
import type { Order, ShipmentGroup } from '@plaza/orders/contract';
import { refundLines } from '../lib/actions/returns.ts';
import { refundPart } from '../lib/actions/studio-money.ts';
import { formatMoney } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { refundsOf } from '../lib/money-parts.ts';
import { LineRefundForm } from './line-refund-form.tsx';
import { refundToField } from './refund-to.ts';
import { SimpleForm } from './simple-form.tsx';

type Props = { readonly lang: string; readonly order: Order; readonly group: ShipmentGroup };

/** What a sale brings its seller, and giving some of it back: of lines, or an amount. */
export function SaleMoney({ lang, order, group }: Props) {
  const t = translator(lang);
  const { back, waiting } = refundsOf(group.refunded, [group]);
  const rows = [
    { label: t('total.subtotal'), amount: group.subtotal },
    { label: t('total.discount'), amount: group.discount },
    { label: t('total.shipping'), amount: group.shipping },
    { label: t('total.total'), amount: group.total },
    { label: t('order.refunded'), amount: back },
    { label: t('order.refundWaits'), amount: waiting },
    { label: t('sale.commission'), amount: group.commission },
    { label: t('sale.earnings'), amount: group.earnings, isResult: true },
  ];
  return (
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
        <>
          <LineRefund lang={lang} order={order} group={group} />
          <AmountRefund lang={lang} order={order} group={group} />
        </>
      )}
    </section>
  );
}

function LineRefund({ lang, order, group }: Props) {
  const t = translator(lang);
  return (
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
  );
}

async function AmountRefund({ lang, order, group }: Props) {
  const [{ wallet }, t] = [await getMarketplace(lang), translator(lang)];
  const refundTo = order.isMembers ? refundToField(t, wallet?.name) : undefined;
  return (
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
              hint: t('lineRefund.left', {
                amount: formatMoney(
                  { ...group.total, amountMinor: group.total.amountMinor - group.refunded.amountMinor },
                  lang,
                ),
              }),
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
  );
}
