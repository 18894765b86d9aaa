import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { openSimulatedChargeback } from '../../../../../lib/actions/after-sale.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { Sale } from '../../../../../ui/sale.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.orders };
}

/** Any order, with what an operator may do about it. */
export default async function AdminOrderPage({ params }: Props) {
  const { lang, orderId } = await params;
  const member = await requireOperator('moderator', 'admin');
  const [client, t] = [await api(lang), translator(lang)];
  const order = await orNotFound(client.orders.getOrder({ orderId }));
  const { items: methods } = await client.payments.listPaymentMethods(order.total);
  const isDemo = member.roles.includes('admin') && methods.some(({ provider }) => provider === 'simulated');
  return (
    <>
      <Sale lang={lang} order={order} />
      {isDemo && order.chargebacks.length === 0 && (
        <SimpleForm
          action={openSimulatedChargeback.bind(null, lang, order.id)}
          fields={[]}
          submit={t('chargeback.simulate')}
          pending={t('form.pending')}
          buttonClassName="button button-outline"
          idempotencyKey={randomUUID()}
        />
      )}
    </>
  );
}
