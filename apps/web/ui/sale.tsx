import type { Order } from '@plaza/orders/contract';
import { api } from '../lib/api.ts';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { AddressCard } from './address-card.tsx';
import { BankClaims } from './bank-claims.tsx';
import { OrderDocuments } from './order-documents.tsx';
import { OrderGroup } from './order-group.tsx';
import { Returns } from './returns.tsx';
import { SaleMoney } from './sale-money.tsx';

/** Returns on one page; few orders have more. */
const RETURNS_MAX = 50;

/** An order as its seller or an operator works on it. */
export async function Sale({ lang, order }: { lang: string; order: Order }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { items: returns } = await client.orders.listReturns({ orderId: order.id, limit: RETURNS_MAX });
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
      {order.groups.map((group) => (
        <div key={group.id} className="space-y-4">
          <OrderGroup lang={lang} orderId={order.id} group={group} isBuyer={false} isMembers={order.isMembers} />
          <Returns lang={lang} orderId={order.id} group={group} returns={returns} />
          <SaleMoney lang={lang} order={order} group={group} />
        </div>
      ))}
      <OrderDocuments lang={lang} order={order} />
      {order.address !== null && <AddressCard title={t('order.address')} lang={lang} address={order.address} />}
    </>
  );
}
