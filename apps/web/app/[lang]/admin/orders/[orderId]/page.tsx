import { api, orNotFound } from '../../../../../lib/api';
import { requireOperator } from '../../../../../lib/studio';
import { Sale } from '../../../../../ui/sale';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

/** Any order, with what an operator may do about it. */
export default async function AdminOrderPage({ params }: Props) {
  const { lang, orderId } = await params;
  await requireOperator('moderator', 'admin');
  const client = await api(lang);
  const order = await orNotFound(client.orders.getOrder({ orderId: orderId as never }));
  return <Sale lang={lang} order={order} />;
}
